/** Both answers to each open question (docs/google-api.md §13). */
import { switchSets, type ConsentDecision, type Emulator, type Switches } from '../../../src/emulator';
import { fact } from '../fact';
import {
  authorizeUrl,
  call,
  callbackOf,
  consent,
  day,
  hour,
  initiatePath,
  linksOf,
  postForm,
  refresh,
  start,
  startTestEmulator,
  visit,
} from '../harness';
import { unzipAll } from '../archive-reader';

const names = ['myactivity.search', 'chrome.history'];

describe('switches', () => {
  let emulator: Emulator;
  const open = async (switches: Partial<Switches>) => {
    emulator = await startTestEmulator();
    emulator.control.setSwitches(switches);
  };
  const connect = async (access: NonNullable<ConsentDecision['access']> = '30d', resources = names) =>
    (await consent(emulator, resources, { access })).access_token;
  const initiate = async (token: string, resource: string) => {
    const { status, body } = await call(emulator, token, initiatePath, { resources: [resource] });
    return status === 200 ? 'started' : `${status} ${body.error?.details?.[0]?.reason ?? body.error?.status ?? ''}`;
  };
  const stateOf = async (token: string, jobId: string) => {
    const { status, body } = await call(emulator, token, `/v1/archiveJobs/${jobId}/portabilityArchiveState`);
    return status === 200 ? body['state'] : status;
  };
  const advance = (milliseconds: number) => emulator.control.clock.advance(milliseconds);
  const later = () => advance(hour / 2);

  fact('Q1', 'open', 'The lock applies to each resource (A) or to the whole project and user (B)', async () => {
    for (const [answer, second] of [
      ['A', 'started'],
      ['B', '429 RESOURCE_EXHAUSTED_TIME_BASED'],
    ] as const) {
      await open({ Q1: answer });
      const token = await connect();
      await start(emulator, token, 'chrome.history');
      expect(await initiate(token, 'myactivity.search')).toBe(second);
    }
  });

  fact('Q2', 'open', 'A second time-based start gives 429 (A) or FAILED_PRECONDITION (B)', async () => {
    for (const [answer, second] of [
      ['A', '429 RESOURCE_EXHAUSTED_TIME_BASED'],
      ['B', '400 FAILED_PRECONDITION'],
    ] as const) {
      await open({ Q2: answer });
      const token = await connect();
      await start(emulator, token, 'chrome.history');
      later();
      expect(await initiate(token, 'chrome.history')).toBe(second);
    }
  });

  fact(
    'Q3',
    'open',
    'A failed or cancelled job counts as the one start that is allowed in 24 hours (A) or not (B)',
    async () => {
      for (const [answer, timeBased, oneTime] of [
        ['A', '429 RESOURCE_EXHAUSTED_TIME_BASED', '429 RESOURCE_EXHAUSTED_ONE_TIME'],
        ['B', 'started', 'started'],
      ] as const) {
        await open({ Q3: answer });
        const token = await connect();
        const jobId = await start(emulator, token, 'chrome.history');
        await call(emulator, token, `/v1/archiveJobs/${jobId}:cancel`, {});
        expect(await initiate(token, 'chrome.history')).toBe(timeBased);
        await open({ Q3: answer });
        emulator.control.setJobs({ failNext: 1 });
        const once = await connect('once');
        await start(emulator, once, 'chrome.history');
        later();
        expect(await initiate(once, 'chrome.history')).toBe(oneTime);
      }
    },
  );

  fact('Q4', 'open', 'A reset removes the lock and ends running jobs (A) or does neither (B)', async () => {
    for (const [answer, next, job] of [
      ['A', 'started', 404],
      ['B', '429 RESOURCE_EXHAUSTED_TIME_BASED', 'COMPLETE'],
    ] as const) {
      await open({ Q4: answer });
      const token = await connect();
      const jobId = await start(emulator, token, 'chrome.history');
      await call(emulator, token, '/v1/authorization:reset', {});
      later();
      const again = await connect();
      expect(await initiate(again, 'chrome.history')).toBe(next);
      expect(await stateOf(again, jobId)).toBe(job);
    }
  });

  fact('Q5', 'open', 'A job without data has no links (A) or a ZIP with an empty manifest (B)', async () => {
    for (const [answer, files] of [
      ['A', []],
      ['B', ['Portability/archive_browser.json']],
    ] as const) {
      await open({ Q5: answer });
      emulator.control.changeAccount('ada@example.com', { emptyResources: ['chrome.history'] });
      const token = await connect();
      const jobId = await start(emulator, token, 'chrome.history');
      later();
      expect(await stateOf(token, jobId)).toBe('COMPLETE');
      expect([...(await unzipAll(await linksOf(emulator, token, jobId))).keys()]).toEqual(files);
    }
  });

  fact('Q6', 'open', 'Renewal keeps the refresh token (A) or needs a new exchange (B)', async () => {
    for (const [answer, left] of [
      ['A', 30 * 86_400],
      ['B', 10 * 86_400],
    ] as const) {
      await open({ Q6: answer, Q14: 'B' });
      const tokens = await consent(emulator, names, { access: '30d' });
      advance(20 * day);
      const [grant] = emulator.control.state.grants;
      await postForm(`${emulator.url}/connections`, { grant: grant?.grantId ?? '', action: 'renew' });
      const answered = (await (await refresh(emulator, tokens.refresh_token ?? '')).json()) as Record<string, unknown>;
      expect(answered['refresh_token_expires_in']).toBe(left);
      // With B the new consent that carries the renewal over is not refused as incremental.
      if (answer === 'B') expect((await consent(emulator, names, { access: '30d' })).refresh_token).toBeDefined();
    }
  });

  fact('Q7', 'open', 'The state can be read after the grant expired (A) or not (B)', async () => {
    for (const [answer, state] of [
      ['A', 'COMPLETE'],
      ['B', 401],
    ] as const) {
      await open({ Q7: answer });
      const tokens = await consent(emulator, names, { access: '30d' });
      advance(30 * day - hour / 2);
      const { access_token: token } = (await (await refresh(emulator, tokens.refresh_token ?? '')).json()) as {
        access_token: string;
      };
      emulator.control.setSwitches({ Q12: 'B' });
      const jobId = await start(emulator, token, 'chrome.history');
      later();
      expect(await stateOf(token, jobId)).toBe(state);
    }
  });

  fact('Q8', 'open', 'An expired job answers 404 (A), 403 (B) or state FAILED (C)', async () => {
    for (const [answer, state] of [
      ['A', 404],
      ['B', 403],
      ['C', 'FAILED'],
    ] as const) {
      await open({ Q8: answer });
      const jobId = await start(emulator, await connect(), 'chrome.history');
      advance(14 * day);
      expect(await stateOf(await connect(), jobId)).toBe(state);
    }
  });

  fact('Q9', 'open', 'One-time access comes with a refresh token (A) or without (B)', async () => {
    await open({ Q9: 'A' });
    expect((await consent(emulator, names)).refresh_token).toBeDefined();
    await open({ Q9: 'B' });
    expect((await consent(emulator, names)).refresh_token).toBeUndefined();
    expect((await consent(emulator, ['maps.reviews'], { access: '30d' })).refresh_token).toBeDefined();
  });

  fact('Q10', 'open', 'Many starts at once have no limit (A) or get a 429 without a reason (B)', async () => {
    const four = ['chrome.history', 'chrome.bookmarks', 'chrome.dictionary', 'chrome.settings'];
    for (const [answer, last] of [
      ['A', 'started'],
      ['B', '429 RESOURCE_EXHAUSTED'],
    ] as const) {
      await open({ Q10: answer });
      const token = await connect('30d', four);
      const answers: string[] = [];
      for (const name of four) answers.push(await initiate(token, name));
      expect(answers).toEqual(['started', 'started', 'started', last]);
      advance(61_000);
      expect(await initiate(token, 'chrome.settings')).not.toBe('429 RESOURCE_EXHAUSTED');
    }
  });

  fact('Q11', 'open', 'Links honour Range (A) or send the whole object (B)', async () => {
    for (const [answer, status] of [
      ['A', 206],
      ['B', 200],
    ] as const) {
      await open({ Q11: answer });
      const token = await connect();
      const jobId = await start(emulator, token, 'chrome.history');
      later();
      const [link = ''] = await linksOf(emulator, token, jobId);
      expect((await fetch(link, { headers: { range: 'bytes=0-3' } })).status).toBe(status);
    }
  });

  fact('Q12', 'open', 'A first start later than 24 hours after the consent is an error (A) or works (B)', async () => {
    for (const [answer, first] of [
      ['A', '403 PERMISSION_DENIED'],
      ['B', 'started'],
    ] as const) {
      await open({ Q12: answer });
      const tokens = await consent(emulator, names, { access: '30d' });
      advance(day + 1);
      const { access_token: token } = (await (await refresh(emulator, tokens.refresh_token ?? '')).json()) as {
        access_token: string;
      };
      expect(await initiate(token, 'chrome.history')).toBe(first);
    }
  });

  fact('Q13', 'open', 'Renewal is possible in the last 90 days (A) or six months (B)', async () => {
    for (const [answer, offered] of [
      ['A', false],
      ['B', true],
    ] as const) {
      await open({ Q13: answer });
      await connect('180d');
      advance(day);
      const page = await (await visit(`${emulator.url}/connections`)).text();
      expect(page.includes('value="renew"')).toBe(offered);
    }
  });

  fact('Q14', 'open', 'A second consent for the same scopes works (A) or is refused as incremental (B)', async () => {
    await open({ Q14: 'A' });
    await connect();
    expect(await connect()).toMatch(/^ya29/);
    await open({ Q14: 'B' });
    await connect();
    emulator.control.decideNext({ access: '30d' });
    const refused = await visit(authorizeUrl(emulator, names));
    expect(`${refused.status} ${await refused.text()}`).toMatch(/^400 [^]*Incremental auth is not allowed/);
    // Asking only for missing scopes works (docs/google-api.md §11).
    expect(await connect('30d', ['maps.reviews'])).toMatch(/^ya29/);
  });

  fact('Q15', 'open', 'The country of the account (A) or of the address (B) decides', async () => {
    for (const [answer, error] of [
      ['A', null],
      ['B', 'access_denied'],
    ] as const) {
      await open({ Q15: answer });
      emulator.control.changeAccount('ada@example.com', { accountCountry: 'IE', addressCountry: 'US' });
      const callback = await callbackOf(emulator, {}, authorizeUrl(emulator, names));
      expect(callback.get('error')).toBe(error);
    }
  });

  fact(
    'Q16',
    'open',
    'The manifest has its own part (A), is in the part with the data (B) or is absent (C)',
    async () => {
      for (const [answer, parts, present] of [
        ['A', 2, true],
        ['B', 1, true],
        ['C', 1, false],
      ] as const) {
        await open({ Q16: answer });
        const token = await connect();
        const jobId = await start(emulator, token, 'chrome.history');
        later();
        const links = await linksOf(emulator, token, jobId);
        expect(links).toHaveLength(parts);
        expect((await unzipAll(links)).has('Portability/archive_browser.json')).toBe(present);
      }
    },
  );

  fact('Q17', 'open', 'Unknown states and reasons may appear (A) or not (B)', async () => {
    for (const [answer, early, refusal] of [
      ['A', 'QUEUED_FOR_EXPORT', '429 RESOURCE_EXHAUSTED_TIME_BASED_V2'],
      ['B', 'IN_PROGRESS', '429 RESOURCE_EXHAUSTED_TIME_BASED'],
    ] as const) {
      await open({ Q17: answer });
      const token = await connect();
      const jobId = await start(emulator, token, 'chrome.history');
      expect(await stateOf(token, jobId)).toBe(early);
      advance(15 * 60_000);
      expect(await stateOf(token, jobId)).toBe('IN_PROGRESS');
      later();
      expect(await stateOf(token, jobId)).toBe('COMPLETE');
      expect(await initiate(token, 'chrome.history')).toBe(refusal);
    }
  });

  fact(
    '§5',
    'open',
    'A request with another window counts as a different request, or with identity B as the same request',
    async () => {
      for (const [answer, second] of [
        ['A', 429],
        ['B', 409],
      ] as const) {
        await open({ identity: answer });
        const token = await connect();
        await start(emulator, token, 'chrome.history', { startTime: '2026-01-01T00:00:00Z' });
        expect((await call(emulator, token, initiatePath, { resources: ['chrome.history'] })).status).toBe(second);
      }
    },
  );

  it('come in three named sets that answer every question', () => {
    const questions = Array.from({ length: 17 }, (_, index) => `Q${index + 1}`);
    for (const set of Object.values(switchSets)) expect(Object.keys(set)).toEqual(expect.arrayContaining(questions));
    expect(Object.keys(switchSets)).toEqual(['documented', 'reported', 'strict']);
  });
});
