/** A worker uses nothing of a payload that was not sealed for its workflow, and goes on. */
import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';

import { loadConfig } from '../../src/config';
import { createLogger } from '../../src/log';
import { createDataConverter } from '../../src/temporal/data-converter';
import { ignoringForeignPayloads } from '../../src/temporal/foreign-payloads';
import { testVaultKeys } from '../support/portage';

const settings = { VAULT_KEYS: testVaultKeys, GOOGLE_CLIENT_ID: 'any', GOOGLE_CLIENT_SECRET: 'any' };
const converterWith = (environment: Record<string, string>) =>
  createDataConverter(loadConfig({ ...settings, ...environment }));
const workerOf = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'default', workflowId });
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

/** What a worker with these settings reads in the workflow `consent/con_1`. */
async function readIn(environment: Record<string, string>, payloads: Payload[]) {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
  const [codec] = ignoringForeignPayloads(converterWith(environment), logger).payloadCodecs ?? [];
  const opened = (await codec?.decode(payloads, workerOf('consent/con_1'))) ?? [];
  return { values: opened.map((payload): unknown => defaultPayloadConverter.fromPayload(payload)), lines };
}

async function sealedFor(workflowId: string, value: unknown, environment: Record<string, string> = {}) {
  const [codec] = converterWith(environment).payloadCodecs ?? [];
  const [payload] = (await codec?.encode([payloadOf(value)], workerOf(workflowId))) ?? [];
  return payload ?? {};
}

it('what is not sealed, altered or of another workflow is nothing to it, and the log says so once', async () => {
  const own = await sealedFor('consent/con_1', 'own');
  const altered = { ...own, data: Uint8Array.from(own.data ?? [], (byte) => byte ^ 1) };
  const moved = await sealedFor('consent/con_2', 'moved');
  const { values, lines } = await readIn({}, [payloadOf('plain'), own, altered, moved]);
  expect(values).toEqual([undefined, 'own', undefined, undefined]);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, workflowId: 'consent/con_1' });
  expect(lines[0]).toContain('ALLOW_UNSAFE');
});

it.each([{ TEMPORAL_PAYLOADS: 'readable' }, { ALLOW_UNSAFE: 'unsealed-payloads' }])(
  'what is not sealed is used with %j',
  async (environment) => {
    const { values, lines } = await readIn(environment, [payloadOf('plain'), await sealedFor('consent/con_1', 'own')]);
    expect([values, lines]).toEqual([['plain', 'own'], []]);
    expect((await readIn(environment, [await sealedFor('consent/con_2', 'moved')])).values).toEqual([undefined]);
  },
);

it('a missing key remains an error, so that the work is repeated once the worker has it', async () => {
  const VAULT_KEYS = `new:${Buffer.alloc(32, 8).toString('base64')}`;
  const payload = await sealedFor('consent/con_1', 'own', { VAULT_KEYS });
  await expect(readIn({}, [payload])).rejects.toMatchObject({ code: 'VAULT_KEY_MISSING' });
});
