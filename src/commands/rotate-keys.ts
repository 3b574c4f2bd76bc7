/** `portage keys rotate`: seals stored values again and restarts workflows, until an old key can be removed. */
import { setTimeout as pause } from 'node:timers/promises';

import { rotateKeys, type RotatedColumn } from '../database/key-rotation';
import { recordSealing, sealingTimes } from '../database/vault-key-uses';
import { isKmsKeyId, proveKeys } from '../database/vault-checks';
import { PortageError } from '../domain/error-codes';
import type { Portage } from '../portage';
import { createConsentWorkflows } from '../temporal/client/consent-workflows';
import { ensureHousekeeping } from '../temporal/client/housekeeping-schedule';
import { createKeyRuns } from '../temporal/client/key-runs';
import { isOfConsent, renewRun } from '../temporal/client/renew-runs';
import type { TemporalCalls } from '../temporal/client/temporal-calls';
import { needsOf, reportKeys, usualSealingMarginMs, type KeyUse } from './key-report';

export interface Rotation {
  /** The result for the stored values. */
  readonly columns: readonly RotatedColumn[];
  /** The remaining uses of each other key. */
  readonly uses: readonly KeyUse[];
  /** Whether everything was opened and every other key can be removed. */
  readonly done: boolean;
}

export interface RotateOptions {
  /** How long after its last record a process may still have sealed. */
  readonly marginMs?: number;
  /** How long the loops of a consent have to stop. */
  readonly stopWithinMs?: number;
  /** Receives the progress, one sentence at a time. */
  readonly print: (line: string) => void;
  /** Stops the work between two workflows; a repeat continues. */
  readonly signal: AbortSignal;
}

/** Temporal's list of runs may be behind by some seconds. */
const visibleWithinMs = 15_000;
const lookEveryMs = 500;
/** The most lists of runs that are read; runs that do not close are left to the report. */
const mostLists = 1_000;

/**
 * @throws PortageError `VAULT_KEY_WRONG` before anything is written; `VAULT_KEY_IN_USE` when another process seals with a
 * key that is not the first one here; `KMS_UNAVAILABLE`
 */
export async function rotateEverything(
  portage: Portage,
  calls: TemporalCalls,
  { marginMs = usualSealingMarginMs, stopWithinMs = 30_000, print, signal }: RotateOptions,
): Promise<Rotation> {
  const { config, database, vault, dataKeySealer } = portage;
  const { db } = database;
  await proveKeys(db, { vaultKeys: config.vaultKeys, kmsKeyArn: config.kms.keyArn, dataKeySealer });
  const runs = createKeyRuns(calls, config.temporal);
  let columns = await rotateKeys(db, vault, dataKeySealer);
  for (const { name, resealed, current } of columns) {
    print(`${name}: ${resealed} sealed anew, ${current} were already sealed with the first key`);
  }
  const retired = await waitUntilUnused(portage, marginMs, { print, signal });
  if (retired !== undefined) {
    // A process that was stopped meanwhile may have stored more.
    columns = merged(columns, await rotateKeys(db, vault, dataKeySealer));
    try {
      await renewRuns(portage, calls, { until: retired, stopWithinMs, print, signal });
    } catch (error) {
      if (!(error instanceof PortageError) || error.code !== 'TEMPORAL_UNAVAILABLE') throw error;
      print(error.message);
    }
  }
  const uses = await reportKeys(portage, runs, { keys: 'others', marginMs });
  const isOpened = columns.every(({ unopened }) => unopened.length === 0);
  return { columns, uses, done: isOpened && uses.every((use) => needsOf(use).length === 0) };
}

/**
 * Waits until no process seals with another key.
 *
 * @returns the time before which runs began that may need another key; undefined when no other key ever sealed
 */
async function waitUntilUnused(
  portage: Portage,
  marginMs: number,
  { print, signal }: Pick<RotateOptions, 'print' | 'signal'>,
): Promise<Date | undefined> {
  const { db } = portage.database;
  const first = portage.config.vaultKeys[0]?.id ?? '';
  const look = async () => {
    const { now, lastSealedAt } = await sealingTimes(db);
    const others = [...lastSealedAt].filter(([keyId]) => keyId !== first && !isKmsKeyId(keyId));
    const [latest] = others.toSorted(([, a], [, b]) => b.getTime() - a.getTime());
    return { now, latest };
  };
  let { now, latest } = await look();
  if (latest === undefined) return undefined;
  const [keyId, lastSealedAt] = latest;
  const until = new Date(lastSealedAt.getTime() + marginMs);
  if (now < until) {
    print(
      `A process sealed with the key "${keyId}" at ${lastSealedAt.toISOString()}; waiting until ${until.toISOString()}`,
    );
  }
  while (now < until) {
    await pause(Math.min(until.getTime() - now.getTime(), lookEveryMs * 10) + 1, undefined, { signal });
    ({ now, latest } = await look());
    if (latest !== undefined && latest[1] > lastSealedAt) {
      throw new PortageError('VAULT_KEY_IN_USE', { detail: `key id "${latest[0]}" at ${latest[1].toISOString()}` });
    }
  }
  await recordSealing(db, first);
  return until;
}

/** Renews every open run that began before that time, those of consents first. */
async function renewRuns(
  portage: Portage,
  calls: TemporalCalls,
  options: Pick<RotateOptions, 'print' | 'signal'> & { until: Date; stopWithinMs: number },
): Promise<void> {
  const { config, consents, now } = portage;
  const { until, stopWithinMs, print, signal } = options;
  const { address, taskQueue } = config.temporal;
  const { policy, housekeepingEveryMs: everyMs } = config;
  const { client, answerWithinMs: timeoutMs } = calls;
  const runs = createKeyRuns(calls, config.temporal);
  const first = config.vaultKeys[0]?.id;
  const scheduleKey = await runs.scheduleKey();
  if (scheduleKey !== undefined && scheduleKey !== first) {
    await calls.callTemporal(() => ensureHousekeeping({ client, taskQueue, policy, everyMs }, true));
  }
  const consentWorkflows = createConsentWorkflows({ client, address, taskQueue, consents, timeoutMs, now });
  const retention = config.retention ?? null;
  const deps = { calls, taskQueue, policy, retention, consents, consentWorkflows, stopWithinMs };
  const total = await runs.countOpen(until);
  if (total > 0) print(`${total} running workflows began before ${until.toISOString()} and are restarted`);
  const renewed = new Set<string>();
  for (let lists = 0, waits = 0; lists < mostLists && waits * lookEveryMs < visibleWithinMs; lists += 1) {
    const open = await runs.listOpen(until);
    if (open.length === 0) return;
    const next = open.filter(({ runId }) => !renewed.has(runId));
    const ofConsents = next.filter(isOfConsent);
    // Loops end with their consents, so most of those listed here are missing from the next list.
    for (const run of ofConsents.length > 0 ? ofConsents : next) {
      signal.throwIfAborted();
      await renewRun(deps, run);
      renewed.add(run.runId);
      print(`${renewed.size} restarted: ${run.workflowId}`);
    }
    waits = next.length === 0 ? waits + 1 : 0;
    await pause(lookEveryMs, undefined, { signal });
  }
}

function merged(before: readonly RotatedColumn[], after: readonly RotatedColumn[]): RotatedColumn[] {
  return after.map((column, index) => ({ ...column, resealed: column.resealed + (before[index]?.resealed ?? 0) }));
}
