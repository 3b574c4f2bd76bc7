/** One peer of server and worker falls silent under load, twice: every consent ends as completed, without a restart. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';

import { eq } from 'drizzle-orm';

import { events } from '../../src/database/schema';
import type { Limits } from '../../src/domain/timeouts';
import { startMoto } from '../support/moto';
import { freePort } from '../support/free-port';
import { startTestPortage, temporalAddress, type TestPortageOptions } from '../support/portage';
import { startTestPostgres } from '../support/postgres';
import { startProxy, through, type Proxy } from '../support/proxy';
import { startTestS3 } from '../support/versitygw';

export const peers = ['PostgreSQL', 'Temporal', 'S3', 'Google', 'KMS'] as const;
export type Peer = (typeof peers)[number];

interface Line {
  readonly proxy: Proxy;
  readonly options: TestPortageOptions;
  stop(): Promise<void>;
}

const bucket = 'portage-test';
/** From the end of one user's import to the next user: this way, five Portages at once use less CPU. */
const betweenUsersMs = 5_000;
/** For silences of a minute: rounds, polls and repeats that come more often would only use more CPU. */
const unhurried = {
  HOUSEKEEPING_EVERY: '10s',
  ...{ POLL_MIN: '500ms', POLL_MAX: '1s', RETRY_FIRST: '500ms', RETRY_LONGEST: '2s' },
};
/** Of a user who waits for a page. */
const patienceMs = 20_000;

const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await pause(500);
};

/** A Portage whose way to one peer leads over a proxy. @returns the reason where that peer cannot be had */
async function lineTo(peer: Peer): Promise<Line | { readonly missing: string }> {
  const at = (url: string) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) });
  switch (peer) {
    case 'PostgreSQL': {
      const postgres = await startTestPostgres({ migrated: true });
      if ('missing' in postgres) return postgres;
      const proxy = await startProxy(at(postgres.url));
      const environment = { DATABASE_URL: through(proxy, postgres.url), DATABASE_OWNER_URL: postgres.ownerUrl ?? '' };
      return { proxy, options: { environment }, stop: () => postgres.stop() };
    }
    case 'Temporal': {
      const proxy = await startProxy(at(`http://${await temporalAddress()}`));
      const environment = { TEMPORAL_ADDRESS: `127.0.0.1:${proxy.port}` };
      return { proxy, options: { environment }, stop: () => Promise.resolve() };
    }
    case 'S3': {
      const s3 = await startTestS3();
      mkdirSync(join(s3.folder, bucket));
      const proxy = await startProxy(at(s3.endpoint));
      const environment = {
        STORAGE_URL: `s3://${bucket}/archives?endpoint=${through(proxy, s3.endpoint)}`,
        S3_ACCESS_KEY_ID: s3.credentials.accessKeyId,
        S3_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
      };
      return { proxy, options: { environment }, stop: () => s3.stop() };
    }
    case 'Google': {
      const port = await freePort();
      const proxy = await startProxy({ host: '127.0.0.1', port });
      // Its links and its screen lead over the proxy, too.
      return {
        proxy,
        options: { emulator: { port, publicUrl: `http://127.0.0.1:${proxy.port}` } },
        stop: () => Promise.resolve(),
      };
    }
    case 'KMS': {
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test-access', AWS_SECRET_ACCESS_KEY: 'test-secret' });
      const kms = await startMoto();
      const client = new KMSClient({ region: 'eu-central-1', endpoint: kms.endpoint });
      const arn = (await client.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
      const proxy = await startProxy(at(kms.endpoint));
      const environment = { KMS_KEY_ARN: arn, KMS_ENDPOINT: through(proxy, kms.endpoint) };
      return { proxy, options: { environment }, stop: () => kms.stop() };
    }
  }
}

export interface Silence {
  readonly limits: Limits;
  readonly silentMs: number;
  /** Users who import at the same time. */
  readonly lanes: number;
}

/** @returns how long after the second silence every consent was done, in ms; the reason where the peer cannot be had */
export async function runSilence(peer: Peer, { limits, silentMs, lanes }: Silence): Promise<number | string> {
  const line = await lineTo(peer);
  if ('missing' in line) return line.missing;
  const { proxy, options } = line;
  const portage = await startTestPortage({
    ...options,
    limits,
    environment: { ...unhurried, ...options.environment },
  });
  try {
    let users = 0;
    let connected = 0;
    let done = 0;
    let isOver = false;
    const { consents, connectSessions, exports } = portage.portage;
    const hasEnded = async (consentId: string) =>
      consents.find(consentId).then(
        (consent) => consent?.endedAt != null,
        () => false,
      );
    /** Users come one after the other: each connects, or gives up, and waits for the end of the import. */
    const lane = async (): Promise<void> => {
      while (!isOver) {
        users += 1;
        const userId = `user-${users}`;
        const account = portage.emulator.control.addAccount({ email: `${userId}@example.com`, name: userId }).accountId;
        const decision = { access: 'once', account } as const;
        const connecting = portage.connect({ userId, resources: ['myactivity.search'], decision });
        // The browser may wait for a server, or a Google, that is silent.
        const patience = pause(patienceMs, undefined, { ref: false });
        const consentId = await Promise.race([connecting, patience]).then(
          (answer) => answer?.consentId,
          () => undefined,
        );
        connecting.catch(() => undefined);
        if (consentId !== undefined) {
          connected += 1;
          await until(() => hasEnded(consentId));
          done += 1;
        }
        await pause(betweenUsersMs);
      }
    };
    const running = Promise.all(Array.from({ length: lanes }, lane));
    await until(() => done >= lanes);
    let answersAt = 0;
    for (let round = 0; round < 2; round += 1) {
      await until(() => connected > done);
      proxy.set('silent');
      await pause(silentMs);
      proxy.set('passing');
      answersAt = performance.now();
      // One import ends before the peer falls silent a second time.
      const before = done;
      await until(() => done > before);
    }
    isOver = true;
    await running;

    const page = () => consents.page({ state: undefined, userId: undefined, before: undefined, limit: 1_000 });
    const { db } = portage.portage.database;
    await until(async () => {
      const held = await connectSessions.withHeldGrant(new Date(), 1);
      return held.length === 0 && (await page()).every(({ endedAt }) => endedAt !== null);
    });
    const tookMs = performance.now() - answersAt;
    const all = await page();
    expect(all.length).toBeGreaterThanOrEqual(lanes + 2);
    for (const { id, state } of all) {
      expect([id, state]).toEqual([id, 'completed']);
      expect(await exports.page(id, { before: undefined, limit: 2 })).toMatchObject([
        { state: 'ready', verdict: 'complete', recordsState: 'complete' },
      ]);
    }
    const { grants, jobs } = portage.emulator.control.state;
    expect(jobs).toHaveLength(all.length);
    // An event is recorded for a grant whose answer was lost in the silence.
    const failed = await db.select().from(events).where(eq(events.type, 'connect_session.failed'));
    const alive = grants.filter(({ endedAt }) => endedAt === undefined);
    expect(alive.length).toBeLessThanOrEqual(failed.length);
    // Its checks run once a minute.
    await until(async () => (await fetch(`${portage.url}/readyz`)).status === 200);
    return tookMs;
  } finally {
    await portage.stop();
    await proxy.stop();
    await line.stop();
  }
}
