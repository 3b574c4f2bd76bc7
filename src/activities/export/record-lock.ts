/** Google's lock on a start: how long it holds, which export caused it, and which loop asks first when it ends. */
import { log } from '@temporalio/activity';

import type { Export } from '../../database/exports';
import type { Policy } from '../../domain/policy';
import { headStartMs, spreadOf } from '../../domain/schedule';
import type { ActivityDependencies } from '../dependencies';
import { findConsent } from '../find-stored';
import type { Day } from './job-owner';

type LockDependencies = Pick<ActivityDependencies, 'consents' | 'exports' | 'now'>;

/** @returns when the loop has to ask again, and whether another resource's export causes the lock */
export async function recordLock(
  deps: LockDependencies,
  row: Export,
  lockedUntil: Date,
  policy: Policy,
): Promise<{ untilMs: number; forAll: boolean }> {
  const { id: exportId, consentId, resource } = row;
  await deps.exports.recordLock(exportId, lockedUntil);
  const forAll = await isForAll(deps, row, policy);
  log.info('export locked by Google', { consentId, exportId, resource, forAll, until: lockedUntil });
  // A loop that did not get this turn asks before the others the next time (docs/known-defects.md D39).
  const turns = await lostTurns(deps, row, lockedUntil, policy);
  const headStart = headStartMs(policy, turns, spreadOf(`${consentId}/${resource}`));
  return { untilMs: lockedUntil.getTime() - headStart, forAll };
}

/** Whether another resource caused a refusal: no start of ours within the day, but one of another resource. */
async function isForAll({ exports, now }: LockDependencies, row: Export, policy: Day): Promise<boolean> {
  const others = await exports.othersOfUser(row, new Date(now().getTime() - policy.exportEveryMs));
  const started = others.filter(({ initiatedAt }) => initiatedAt !== null);
  const isOurs = ({ resources }: Export) => resources.some((resource) => row.resources.includes(resource));
  return started.length > 0 && !started.some(isOurs);
}

/** How often Google has served others since it served this loop: the starts of a lock are a day apart. */
async function lostTurns(
  { consents, exports }: LockDependencies,
  row: Export,
  lockedUntil: Date,
  policy: Policy,
): Promise<number> {
  const last = await exports.lastStart(row);
  const waitingSince = last ?? (await findConsent(consents, row.consentId)).createdAt;
  const lockedSinceMs = lockedUntil.getTime() - policy.exportEveryMs;
  // A hundredth of a day does not count: the lock of the loop's own start is named to the second.
  const turns = Math.ceil((lockedSinceMs - waitingSince.getTime()) / policy.exportEveryMs - 0.01);
  return Math.max(last === undefined ? 1 : 0, turns);
}
