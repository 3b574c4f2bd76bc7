// One refresh at a time for each grant, in one process and across several, on every database (docs/known-defects.md D36).
import type { OpenDatabase } from '../../src/database/database';
import { openDatabase } from '../../src/database/open-database';
import { createCallPacing } from '../../src/database/call-pacing';
import { createGrants, type Grants } from '../../src/google/grants';
import type { OAuth } from '../../src/google/oauth';
import { createStage, type Stage } from '../database/databases';
import { embeddedDatabase } from '../support/database';
import { startTestPostgres, type TestDatabase } from '../support/postgres';
import { hour, startGoogle, type Google } from './google';

interface Process {
  readonly database: OpenDatabase;
  readonly stage: Stage;
}

/** PGlite has one process, PostgreSQL two, each with a pool of its own. */
const processes: Record<string, Process[]> = {};
let postgres: TestDatabase | { missing: string };
let google: Google;

const open = async (location: Parameters<typeof openDatabase>[0]): Promise<Process> => {
  const database = await openDatabase(location);
  return { database, stage: createStage(database.db) };
};

beforeAll(async () => {
  processes['PGlite'] = [await open(await embeddedDatabase())];
  postgres = await startTestPostgres({ migrated: true });
  if ('missing' in postgres) {
    process.stderr.write(`Refreshes are tried on PGlite only. ${postgres.missing}\n`);
  } else {
    processes['PostgreSQL'] = [await open(postgres), await open(postgres)];
  }
});
afterAll(async () => {
  for (const { database } of Object.values(processes).flat()) await database.close();
  if ('stop' in postgres) await postgres.stop();
});

beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.stop());

/** Runs a story on every available database. */
async function everywhere(check: (first: Process, all: Process[]) => Promise<void>): Promise<void> {
  for (const [kind, all] of Object.entries(processes)) {
    const [first] = all;
    if (first === undefined) throw new Error(`no process has ${kind} open`);
    try {
      await check(first, all);
    } catch (error) {
      if (error instanceof Error) error.message = `On ${kind}: ${error.message}`;
      throw error;
    }
  }
}

const resources = ['chrome.history'];
const now = () => new Date(google.emulator.control.clock.now());

const grantsOf = ({ database, stage }: Process, oauth: OAuth = google.oauth): Grants =>
  createGrants({
    tokens: stage.tokens,
    clients: {
      get: () =>
        Promise.resolve({
          oauth,
          pacing: createCallPacing(database.db, { clientId: google.options.clientId, perMinute: 1_000_000 }),
        }),
    },
    now,
  });

const check = (grants: Grants, consentId: string) =>
  grants.call(consentId, 'accessType.check', (token) => google.api.checkAccessType(token));

const connected = async ({ stage }: Process): Promise<string> => {
  const { tokens, refreshTokenExpiresAt: endsAt } = await google.consent(resources, { access: '30d' });
  return stage.consent({ tokens, endsAt });
};

describe('a refresh', () => {
  it('D36: is one when twenty calls of several processes need it, and keeps the refresh token', async () => {
    await everywhere(async (first, all) => {
      const id = await connected(first);
      const before = await first.stage.tokens.find(id);
      google.emulator.control.clock.advance(2 * hour);
      google.emulator.control.addFault({ method: 'token', times: 20, delayMs: 50 });
      const shares = all.map((process) => ({ grants: grantsOf(process), calls: 20 / all.length }));
      const answers = await Promise.all(
        shares.flatMap(({ grants, calls }) => Array.from({ length: calls }, () => check(grants, id))),
      );
      google.emulator.control.clearFaults();
      expect(answers).toEqual(Array.from({ length: 20 }, () => ({ oneTime: [], timeBased: resources })));
      expect(google.calls().sort()).toEqual([...Array.from({ length: 20 }, () => 'check'), 'token']);
      const after = await first.stage.tokens.find(id);
      expect(after?.refreshToken).toBe(before?.refreshToken);
      expect(after?.accessToken).not.toBe(before?.accessToken);
    });
  });

  it('D36: is one when twenty callers force it at once in one process', async () => {
    await everywhere(async (first) => {
      const id = await connected(first);
      const grants = grantsOf(first);
      await Promise.all(Array.from({ length: 20 }, () => grants.refresh(id)));
      expect(google.calls()).toEqual(['token']);
    });
  });

  it('of twenty grants at once leaves the database to everybody else while Google answers', async () => {
    await everywhere(async (first) => {
      const ids: string[] = [];
      for (let index = 0; index < 20; index += 1) ids.push(await connected(first));
      google.emulator.control.clock.advance(2 * hour);

      let asked = 0;
      let open: () => void = () => undefined;
      const opened = new Promise<void>((resolve) => (open = resolve));
      let someAsked: () => void = () => undefined;
      const asking = new Promise<void>((resolve) => (someAsked = resolve));
      const heldBack: OAuth = {
        ...google.oauth,
        async refresh(refreshToken) {
          asked += 1;
          if (asked === 4) someAsked();
          await opened;
          return google.oauth.refresh(refreshToken);
        },
      };
      const grants = grantsOf(first, heldBack);
      const calls = Promise.allSettled(ids.map((id) => check(grants, id)));
      await asking;
      const reads = await Promise.all(ids.map((id) => first.stage.consents.find(id)));
      expect(reads.map((consent) => consent?.state)).toEqual(ids.map(() => 'active'));
      const [gone = ''] = ids;
      await first.stage.consents.end(gone, 'revoked', undefined, now());

      open();
      const [ended, ...others] = await calls;
      expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'GRANT_ENDED' } });
      expect(others.map(({ status }) => status)).toEqual(others.map(() => 'fulfilled'));
    });
  });

  it('D37: that fails is one failure for all waiting callers, and the next caller tries again', async () => {
    await everywhere(async (first) => {
      const id = await connected(first);
      google.emulator.control.clock.advance(2 * hour);
      google.emulator.control.addFault({ method: 'token', status: 503, body: 'later' });
      const grants = grantsOf(first);
      const failed = await Promise.allSettled(Array.from({ length: 20 }, () => check(grants, id)));
      for (const result of failed) {
        expect(result).toMatchObject({ status: 'rejected', reason: { code: 'GOOGLE_UNAVAILABLE' } });
      }
      expect(google.calls()).toEqual(['token']);
      expect(await check(grants, id)).toEqual({ oneTime: [], timeBased: resources });
    });
  });
});
