/** The final state from every source: emulator, database, its trail, storage, API, logs and histories. */
import { readFileSync } from 'node:fs';

import type { Database } from '../../../src/database/database';
import { openDatabase } from '../../../src/database/open-database';
import * as schema from '../../../src/database/schema';
import { createPortageApi } from '../../../src/dev/portage-api';
import { createArchives } from '../../../src/emulator/archives/archive';
import { createPeriods } from '../../../src/emulator/lifetimes-and-periods';
import type { Job, State } from '../../../src/emulator/state';
import type { World } from '../../../src/emulator/world';
import { filesIn } from '../../storage/stages';
import { dayMs, type Deployment } from './deployment';
import { readCalls, type Call } from './emulator-process';
import type { Done } from './faults';
import type { Doings } from './people';
import { readTrail, type TrailEntry } from './trail';

export type ConsentRow = Omit<typeof schema.consents.$inferSelect, 'userId'> & { readonly userId: string };
export type ExportRow = typeof schema.exportsTable.$inferSelect;

/** A line of NDJSON: a record, or the key of one that is gone. */
export interface DeliveredLine {
  readonly key: string;
  readonly resource: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Evidence {
  readonly consents: readonly ConsentRow[];
  readonly exports: readonly ExportRow[];
  readonly sessions: readonly (typeof schema.connectSessions.$inferSelect)[];
  readonly jobs: readonly (typeof schema.archiveJobs.$inferSelect)[];
  readonly parts: readonly (typeof schema.parts.$inferSelect)[];
  readonly segments: readonly (typeof schema.segments.$inferSelect)[];
  readonly known: readonly (typeof schema.knownRecords.$inferSelect)[];
  readonly dataKeys: readonly (typeof schema.dataKeys.$inferSelect)[];
  readonly tokens: readonly (typeof schema.tokens.$inferSelect)[];
  readonly events: readonly (typeof schema.events.$inferSelect)[];
  readonly trail: readonly TrailEntry[];
  readonly google: State;
  readonly calls: readonly Call[];
  /** Keys in the storage. */
  readonly objects: readonly string[];
  readonly faults: readonly Done[];
  readonly doings: Doings;
  /** The archive of a job as the emulator made it, a buffer a part. */
  archiveOf(job: Job): Promise<Buffer[]>;
  /** A part as the API serves it. */
  partOf(exportId: string, number: number): Promise<Buffer>;
  /** Everything that the API delivers of a consent's records. */
  recordsOf(consentId: string): Promise<DeliveredLine[]>;
}

/** The emulator's own state, as it is now. */
export function readGoogle({ emulatorFiles }: Pick<Deployment, 'emulatorFiles'>): State {
  return JSON.parse(readFileSync(emulatorFiles.state, 'utf8')) as State;
}

export async function collect(deployment: Deployment, faults: readonly Done[], doings: Doings): Promise<Evidence> {
  const { url, apiKey, databaseUrl } = deployment;
  const api = createPortageApi({ url, apiKey });
  const google = readGoogle(deployment);
  const archives = createArchives(worldOf(google), undefined);
  const database = await openDatabase({ url: databaseUrl });
  try {
    // One snapshot: housekeeping still ends kept grants while this is read.
    const stored = await database.db.transaction((tx) => readTables(tx, doings), { isolationLevel: 'repeatable read' });
    return {
      ...stored,
      trail: await readTrail(databaseUrl),
      google,
      calls: readCalls(deployment.emulatorFiles.requests),
      objects: filesIn(deployment.objects),
      faults,
      doings,
      async archiveOf(job) {
        const parts: Buffer[] = [];
        for (const { source } of await archives.partsOf(job)) {
          const chunks: Uint8Array[] = [];
          for await (const chunk of source.read(0, source.length)) chunks.push(chunk);
          parts.push(Buffer.concat(chunks));
        }
        return parts;
      },
      async partOf(exportId, number) {
        const answer = await api.open(`/v1/exports/${exportId}/parts/${number}`);
        return Buffer.from(await answer.arrayBuffer());
      },
      async recordsOf(consentId) {
        const answer = await api.open(`/v1/consents/${consentId}/records`);
        const lines = (await answer.text()).split('\n').filter((line) => line !== '');
        return lines.map((line) => JSON.parse(line) as DeliveredLine);
      },
    };
  } finally {
    await database.close();
  }
}

async function readTables(db: Database, doings: Doings) {
  return {
    consents: (await db.select().from(schema.consents)).map((row) => ({
      ...row,
      userId: row.userId ?? doings.users.get(row.id) ?? '',
    })),
    exports: await db.select().from(schema.exportsTable),
    sessions: await db.select().from(schema.connectSessions),
    jobs: await db.select().from(schema.archiveJobs),
    parts: await db.select().from(schema.parts),
    segments: await db.select().from(schema.segments),
    known: await db.select().from(schema.knownRecords),
    dataKeys: await db.select().from(schema.dataKeys),
    tokens: await db.select().from(schema.tokens),
    events: await db.select().from(schema.events),
  };
}

/** As much of the emulator's world as its archives need. */
function worldOf(state: State): World {
  const frozen = (): never => {
    throw new Error('the emulator is over');
  };
  return {
    store: { state, changed: frozen, flush: frozen, replace: frozen },
    clock: { now: frozen, iso: frozen, set: frozen, advance: frozen, describe: frozen },
    periods: createPeriods(dayMs),
    clients: { find: frozen, ofProject: frozen, all: frozen },
    baseUrl: frozen,
    longestAuthorizeUrl: 0,
  };
}
