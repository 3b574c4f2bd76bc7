/** The uses of each key: stored values, running workflows, and histories that Temporal keeps. */
import { countSealed, sealingTimes, type SealedCounts } from '../database/vault-key-uses';
import { isKmsKeyId, kmsKeyId, verifyKeys } from '../database/vault-checks';
import { PortageError } from '../domain/error-codes';
import type { Portage } from '../portage';
import type { KeyRuns } from '../temporal/client/key-runs';

/** What Temporal stores that is sealed with a key. */
export type TemporalNeeds =
  | {
      readonly known: true;
      /** The number of open runs that began while the key may have been used to seal. */
      readonly openRuns: number;
      /** Whether the input of the housekeeping's schedule is sealed with it. */
      readonly schedule: boolean;
      /** Until when Temporal keeps histories of closed runs that may need it; null when there are none. */
      readonly closedKeptUntil: Date | null;
    }
  /** Temporal does not answer, or no process has recorded when it used the key. */
  | { readonly known: false; readonly why: string };

export interface KeyUse {
  /** The id of a key of VAULT_KEYS, or `kms/` and the ARN of a key of AWS KMS. */
  readonly keyId: string;
  readonly isConfigured: boolean;
  /** Whether new values are sealed with it. */
  readonly isFirst: boolean;
  /** Whether the key opened its proof value, so its bytes are right. A wrong configured key makes the report fail. */
  readonly isProven: boolean;
  readonly sealed: SealedCounts;
  readonly lastSealedAt: Date | undefined;
  readonly temporal: TemporalNeeds;
}

/**
 * A process records once a minute that it seals with its first key, so a process that died may have sealed for a minute
 * after its last record. The rest allows for clocks that differ, and for rounds of checks that take long.
 */
export const usualSealingMarginMs = 150_000;

const nothingInTemporal: TemporalNeeds = { known: true, openRuns: 0, schedule: false, closedKeptUntil: null };

/**
 * Reports on each key that is configured, that a stored value names, or that a process has sealed with. Writes nothing.
 *
 * @param options `keys`: all, or those that do not seal; `marginMs`: how long after its last record a process may still
 *   have sealed
 * @throws PortageError `VAULT_KEY_WRONG`, `KMS_UNAVAILABLE`; an unreachable Temporal is part of the report
 */
export async function reportKeys(
  portage: Portage,
  runs: KeyRuns,
  { keys = 'all', marginMs = usualSealingMarginMs }: { keys?: 'all' | 'others'; marginMs?: number } = {},
): Promise<KeyUse[]> {
  const { config, database, dataKeySealer } = portage;
  const { vaultKeys, kms } = config;
  await verifyKeys(database.db, { vaultKeys, kmsKeyArn: kms.keyArn, dataKeySealer });
  const counts = await countSealed(database.db);
  const { lastSealedAt } = await sealingTimes(database.db);
  const kmsId = kms.keyArn === undefined ? [] : [kmsKeyId(kms.keyArn)];
  const configured = [...vaultKeys.map(({ id }) => id), ...kmsId];
  const first = new Set([...configured.slice(0, 1), ...kmsId]);
  const known = new Set([...configured, ...counts.keys(), ...lastSealedAt.keys()]);
  return Promise.all(
    [...known]
      .filter((keyId) => keys === 'all' || !first.has(keyId))
      .map(async (keyId) => {
        const at = isKmsKeyId(keyId) ? undefined : lastSealedAt.get(keyId);
        return {
          keyId,
          isConfigured: configured.includes(keyId),
          isFirst: first.has(keyId),
          isProven: configured.includes(keyId),
          sealed: counts.get(keyId) ?? {},
          lastSealedAt: at,
          temporal: isKmsKeyId(keyId) ? nothingInTemporal : await askTemporal(runs, keyId, at, marginMs),
        };
      }),
  );
}

async function askTemporal(
  runs: KeyRuns,
  keyId: string,
  lastSealedAt: Date | undefined,
  marginMs: number,
): Promise<TemporalNeeds> {
  if (lastSealedAt === undefined) {
    return { known: false, why: `no process has recorded when it used the key "${keyId}"` };
  }
  const until = new Date(lastSealedAt.getTime() + marginMs);
  try {
    return {
      known: true,
      openRuns: await runs.countOpen(until),
      schedule: (await runs.scheduleKey()) === keyId,
      closedKeptUntil: await runs.closedKeptUntil(until),
    };
  } catch (error) {
    if (error instanceof PortageError) return { known: false, why: error.message };
    throw error;
  }
}

/** @returns the remaining uses of the key, in words; empty when it may be removed. Closed histories do not count */
export function needsOf({ sealed, temporal }: KeyUse): string[] {
  const values = Object.entries(sealed).map(([name, count]) => `${count} ${name}`);
  if (!temporal.known) return [...values, `running workflows: unknown, because ${temporal.why}`];
  return [
    ...values,
    ...(temporal.openRuns > 0 ? [`${temporal.openRuns} running workflows`] : []),
    ...(temporal.schedule ? ['the schedule of the housekeeping'] : []),
  ];
}
