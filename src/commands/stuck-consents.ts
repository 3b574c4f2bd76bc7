/** `portage consents list --stuck`: consents that have no workflow or a failing step. */
import { isFailing, type PendingStep } from '../temporal/client/pending-steps';
import type { Consent } from '../database/consents';
import type { Operator } from './operator';
import { minute } from './consents-table';
import { deletedUser } from './table';

export interface StuckConsent {
  readonly id: string;
  readonly userId: string | null;
  readonly state: Consent['state'];
  /** `no workflow` when Temporal runs no workflow for the consent, `failing step` otherwise. */
  readonly why: 'no workflow' | 'failing step';
  readonly steps: readonly StuckStep[];
}

/** A step whose last try failed, with the phase of its loop and the start of that phase. */
export interface StuckStep extends PendingStep {
  readonly phase: string;
  readonly since: Date | null;
}

const perPage = 100;
const askedAtOnce = 10;

/**
 * Asks Temporal about each consent that has not ended, oldest first, until `limit` stuck ones are found.
 *
 * @throws PortageError `TEMPORAL_UNAVAILABLE`: only Temporal knows which consents are stuck
 */
export async function listStuck(
  { portage, pendingSteps }: Operator,
  { user, limit }: { readonly user?: string; readonly limit: number },
): Promise<StuckConsent[]> {
  const stuckConsents: StuckConsent[] = [];
  for (let after = ''; stuckConsents.length < limit;) {
    const page = await portage.consents.listActive(after, perPage);
    const wanted = page.filter(({ userId }) => user === undefined || userId === user);
    for (let at = 0; at < wanted.length && stuckConsents.length < limit; at += askedAtOnce) {
      const looks = wanted.slice(at, at + askedAtOnce).map((consent) => look(consent));
      stuckConsents.push(...(await Promise.all(looks)).flatMap((stuck) => stuck ?? []));
    }
    const last = page.at(-1);
    if (last === undefined || page.length < perPage) break;
    after = last.id;
  }
  return stuckConsents.slice(0, limit);

  async function look({ id, userId, state }: Consent): Promise<StuckConsent | undefined> {
    const pending = await pendingSteps(id);
    if (pending.workflow === 'unknown') throw pending.error;
    if (pending.workflow !== 'running') return { id, userId, state, why: 'no workflow', steps: [] };
    const failing = pending.steps.filter(isFailing);
    if (failing.length === 0) return undefined;
    const newest = await portage.exports.newestOfLoops(
      id,
      failing.flatMap(({ loop }) => loop ?? []),
    );
    const steps = failing.map((step): StuckStep => {
      const row = newest.find(({ resource, endedAt }) => resource === step.loop && endedAt === null);
      const since = row === undefined ? null : (row.initiatedAt ?? row.requestedAt);
      return { ...step, phase: row?.state ?? (step.loop === null ? state : 'sleeping'), since };
    });
    return { id, userId, state, why: 'failing step', steps };
  }
}

export const stuckColumns = ['consent', 'user', 'loop', 'phase', 'since', 'step', 'tries', 'last error', 'next try'];

/** A row for each step that fails. */
export function stuckRows({ id, userId, state, why, steps }: StuckConsent): string[][] {
  if (steps.length === 0)
    return [[id, userId ?? deletedUser, '', state, '', why, '', '', 'the housekeeping starts it']];
  return steps.map(({ loop, phase, since, step, attempts, lastError, nextTryAt }) => [
    ...[id, userId ?? deletedUser, loop ?? '', phase, minute(since), step, String(attempts)],
    ...[lastError?.code ?? '', nextTryWords(nextTryAt)],
  ]);
}

/** For example `2026-03-01 09:30:05`, in UTC. */
export function nextTryWords(nextTryAt: Date | null): string {
  return nextTryAt === null ? 'running' : nextTryAt.toISOString().slice(0, 19).replace('T', ' ');
}
