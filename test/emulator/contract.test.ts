/** The emulator against the facts of Google's discovery document, kept in discovery-facts.json. */
import Ajv from 'ajv';
import { resources, scopePrefix } from '../../src/emulator/resources';
import type { Emulator } from '../../src/emulator';
import facts from './discovery-facts.json';
import { call, consent, hour, startTestEmulator } from './harness';

type Property = { type: string; format?: string; enum?: string[]; items?: Property };
const schemas: Record<string, Record<string, Property>> = facts.schemas;
const methods: Record<
  string,
  { httpMethod: string; path: string; namePattern?: string; request?: string; response: string }
> = facts.methods;

const ajv = new Ajv({ strict: true, allErrors: true });
// Output form: UTC with Z and 0, 3, 6 or 9 fraction digits (docs/google-api.md §2).
ajv.addFormat('google-datetime', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6}|\.\d{9})?Z$/);

/** Checks a message against its schema; fields that the schema does not know are faults. */
function faultsIn(message: unknown, schema: string): unknown {
  const check = ajv.compile({ type: 'object', properties: schemas[schema], additionalProperties: false });
  return check(message) ? [] : check.errors;
}

const versions = ['v1', 'v1beta'];

describe.each(versions)('the API as %s', (version) => {
  let emulator: Emulator;
  let token: string;
  const path = (method: string, name = '') =>
    `/${version}${String(methods[method]?.path).slice(2).replace('{+name}', name)}`;
  const send = async (method: string, name = '', body: unknown = {}) => {
    const { httpMethod, namePattern, request } = methods[method] ?? {};
    if (namePattern !== undefined) expect(name).toMatch(new RegExp(namePattern));
    if (request !== undefined) expect(faultsIn(body, request)).toEqual([]);
    return call(emulator, token, path(method, name), httpMethod === 'GET' ? undefined : body);
  };
  beforeEach(async () => {
    emulator = await startTestEmulator();
    token = (
      await consent(emulator, ['myactivity.search', 'chrome.history'], { access: '30d', once: ['chrome.history'] })
    ).access_token;
  });

  const answers = async () => {
    const id = async (body: object) => {
      const answer = await send('dataportability.portabilityArchive.initiate', '', body);
      return { answer, jobId: String(answer.body['archiveJobId']) };
    };
    const check = await send('dataportability.accessType.check');
    emulator.control.setJobs({ failNext: 1 });
    const window = { startTime: '2026-02-01T00:00:00Z', endTime: '2026-02-20T00:00:00.123456Z' };
    const first = await id({ resources: ['myactivity.search'], ...window });
    const second = await id({ resources: ['chrome.history'] });
    const state = 'dataportability.archiveJobs.getPortabilityArchiveState';
    const running = await send(state, `archiveJobs/${first.jobId}/portabilityArchiveState`);
    emulator.control.clock.advance(hour / 2);
    const failed = await send(state, `archiveJobs/${first.jobId}/portabilityArchiveState`);
    const done = await send(state, `archiveJobs/${second.jobId}/portabilityArchiveState`);
    const retried = await send('dataportability.archiveJobs.retry', `archiveJobs/${first.jobId}`);
    const again = `archiveJobs/${String(retried.body['archiveJobId'])}`;
    const cancelled = await send('dataportability.archiveJobs.cancel', again);
    const reset = await send('dataportability.authorization.reset');
    return [
      ['dataportability.accessType.check', check],
      ['dataportability.portabilityArchive.initiate', first.answer],
      ['dataportability.portabilityArchive.initiate', second.answer],
      [state, running],
      [state, failed],
      [state, done],
      ['dataportability.archiveJobs.retry', retried],
      ['dataportability.archiveJobs.cancel', cancelled],
      ['dataportability.authorization.reset', reset],
    ] as const;
  };

  it('D13: answers every method with its documented response', async () => {
    const seen = await answers();
    expect(new Set(seen.map(([method]) => method))).toEqual(new Set(Object.keys(methods)));
    for (const [method, { status, body }] of seen) {
      expect({ method, status, faults: faultsIn(body, methods[method]?.response ?? '') }).toEqual({
        method,
        status: 200,
        faults: [],
      });
    }
    const fields = new Set(seen.flatMap(([, { body }]) => Object.keys(body)));
    const documented = Object.keys(methods).flatMap((method) =>
      Object.keys(schemas[methods[method]?.response ?? ''] ?? {}),
    );
    expect([...fields].sort()).toEqual([...new Set(documented)].sort());
  });

  it('refuses a field that no request message has', async () => {
    for (const [method, { request, path: template }] of Object.entries(methods)) {
      if (request === undefined) continue;
      const name = template.includes('{+name}') ? 'archiveJobs/1' : '';
      const { status, body } = await call(emulator, token, path(method, name), { invented: 1 });
      expect([method, status, body.error?.status]).toEqual([method, 400, 'INVALID_ARGUMENT']);
    }
  });

  it('answers other paths and verbs with a page, not with the envelope', async () => {
    for (const [verb, other] of [
      ['GET', `/${version}/portabilityArchive:initiate`],
      ['POST', `/${version}/archiveJobs/1/portabilityArchiveState`],
      ['POST', `/${version}/archiveJobs/1/portabilityArchiveState:retry`],
      ['GET', `/${version}/archiveJobs/1`],
      ['GET', `/${version}/archiveJobs`],
      ['POST', '/v2/portabilityArchive:initiate'],
    ] as const) {
      const { status, response } = await call(emulator, token, other, verb === 'GET' ? undefined : {}, verb);
      expect([other, status, response.headers.get('content-type')]).toEqual([other, 404, 'text/html; charset=UTF-8']);
    }
  });
});

describe('the list of resources', () => {
  it('holds every scope of the discovery document and two more that only the documentation names', () => {
    const discovered = resources.filter((entry) => entry.discovered).map((entry) => entry.resource);
    expect(discovered.toSorted()).toEqual(facts.scopes.toSorted());
    expect(facts.scopes).toHaveLength(73);
    expect(resources.filter((entry) => !entry.discovered).map((entry) => entry.resource)).toEqual([
      'businessmessaging.conversations',
      'fitbit.device_events',
    ]);
    expect(scopePrefix).toBe('https://www.googleapis.com/auth/dataportability.');
  });
});
