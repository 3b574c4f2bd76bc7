/** The checks of a server and of a worker, made from their Portage. */
import { hostname } from 'node:os';

import type { ConnectionLike } from '@temporalio/client';

import { proveKeys } from '../database/vault-checks';
import { isEmbedded } from '../database/database';
import { checkingTables } from '../database/failure';
import { recordSealing } from '../database/vault-key-uses';
import { createWorkerStore } from '../database/workers';
import type { ErrorCode } from '../domain/error-codes';
import type { QueueState } from '../domain/worker-state';
import type { Logger } from '../log';
import type { Portage } from '../portage';
import { createReadiness, type Check, type Readiness } from './readiness';
import { diskSpaceCheck, storageChecks } from './storage-checks';
import { temporalChecks, workersCheck } from './temporal-checks';

/** With these faults, a process would damage data: it does no work, and a server answers only its health routes. */
const unfit: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['DATABASE_OUTDATED', 'VAULT_KEY_WRONG']);

/** The code of the fault that keeps a process from all work, by its own checks. */
export function unfitness({ faults }: Pick<Readiness, 'faults'>): ErrorCode | undefined {
  return [faults.get('database'), faults.get('vaultKeys')].find((fault) => fault !== undefined && unfit.has(fault.code))
    ?.code;
}

/** Whether a server with these faults is to get no traffic. Without Temporal it can still store a consent. */
export function isDown({ faults }: Pick<Readiness, 'faults'>): boolean {
  return [...faults.values()].some(({ code }) => code !== 'TEMPORAL_UNAVAILABLE');
}

/** @param connection to Temporal, whose deadlines are set by the checks */
export function serverReadiness(portage: Portage, connection: ConnectionLike, logger: Logger): Readiness {
  const workers = createWorkerStore(portage.database.db);
  const place = { connection, ...portage.config.temporal };
  const checks = [...ownChecks(portage, connection, workers.newId()), workersCheck(place, workers, () => Date.now())];
  return createReadiness({ ...pace(portage, logger), checks });
}

/**
 * A worker also stores its results, for the servers to read.
 *
 * @param queues its work at each of its task queues
 */
export function workerReadiness(
  portage: Portage,
  connection: ConnectionLike,
  logger: Logger,
  queues: () => QueueState[],
): Readiness & { readonly recordStop: () => Promise<void> } {
  const workers = createWorkerStore(portage.database.db);
  const id = workers.newId();
  // The identity that Temporal's SDK gives a worker by default.
  const identity = `${process.pid}@${hostname()}`;
  const readiness: Readiness = createReadiness({
    ...pace(portage, logger),
    checks: ownChecks(portage, connection, id),
    async afterRound() {
      const faults = [...readiness.faults].map(([check, { code, message }]) => ({ check, code, message }));
      await checkingTables(() => workers.record(id, { identity, queues: queues(), faults }));
    },
  });
  return { ...readiness, recordStop: () => workers.recordStop(id) };
}

function ownChecks(portage: Portage, connection: ConnectionLike, processId: string): Check[] {
  const { config, database, dataKeySealer, limits, storage } = portage;
  const keys = { vaultKeys: config.vaultKeys, kmsKeyArn: config.kms.keyArn, dataKeySealer };
  const folders = [
    ...(isEmbedded(database.db) ? [config.dataDir] : []),
    ...(config.storage.kind === 'folder' ? [config.storage.root] : []),
  ];
  return [
    {
      name: 'database',
      away: 'DATABASE_UNAVAILABLE',
      isQuick: true,
      run: (withinMs) => checkingTables(() => database.check(withinMs)),
    },
    ...storageChecks(storage, processId),
    ...temporalChecks({ connection, ...config.temporal }),
    {
      name: 'vaultKeys',
      away: 'DATABASE_UNAVAILABLE',
      run: () =>
        checkingTables(async () => {
          await proveKeys(database.db, keys);
          const [first] = keys.vaultKeys;
          if (first !== undefined) await recordSealing(database.db, first.id);
        }),
    },
    diskSpaceCheck(folders, limits.readiness.freeBytes),
  ];
}

function pace({ limits, now }: Portage, logger: Logger) {
  const { everyMs, retryMs, withinMs } = limits.readiness;
  return { logger, now, everyMs, retryMs, withinMs, quickWithinMs: limits.readyMs };
}
