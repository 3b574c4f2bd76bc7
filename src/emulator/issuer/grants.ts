/** Grants: when they end, how they end, and which authorisation of an account in a project they belong to. */
import type { Grant, State } from '../state';
import { stateOf, type World } from '../world';

export type GrantEnd = 'reset' | 'revoked' | 'removed' | 'period over' | 'automatic reset' | 'displaced' | 'unused';

export interface Grants {
  /**
   * Why the grant has ended, or undefined while it is live. A displaced refresh token does not end the grant's access.
   */
  endOf(grant: Grant): string | undefined;
  /** Live grants of one account in one project, oldest first. */
  live(projectNumber: string, accountId: string): Grant[];
  find(grantId: string): Grant | undefined;
  /** Keeps a new grant. It begins a new authorisation if the account has no other live grant in the project. */
  begin(grant: Grant): void;
  /** Ends all grants of an account in a project (docs/google-api.md §8). */
  endAll(projectNumber: string, accountId: string, reason: GrantEnd): void;
  /** Number of the current authorisation: used-up one-time access counts within one only. */
  authorization(projectNumber: string, accountId: string): number;
}

export function createGrants(world: World): Grants {
  const { clock, periods } = world;
  const state = (): State => stateOf(world);
  const key = (projectNumber: string, accountId: string) => `${projectNumber}/${accountId}`;
  const endOf = (grant: Grant): string | undefined => {
    if (grant.endedAt !== undefined) return grant.endReason;
    const now = clock.now();
    if (grant.expiresAt !== undefined && now >= grant.expiresAt) return 'period over';
    // §7: one-time consents are reset 14 days after their first start.
    const once = Object.values(grant.access).includes('one_time');
    if (once && grant.firstStartAt !== undefined && now >= grant.firstStartAt + periods.automaticReset) {
      return 'automatic reset';
    }
    return undefined;
  };
  const live = (projectNumber: string, accountId: string) =>
    state().grants.filter(
      (grant) => grant.projectNumber === projectNumber && grant.accountId === accountId && endOf(grant) === undefined,
    );
  return {
    endOf,
    live,
    find: (grantId) => state().grants.find((grant) => grant.grantId === grantId),
    endAll: (projectNumber, accountId, reason) => {
      for (const grant of state().grants) {
        if (grant.projectNumber !== projectNumber || grant.accountId !== accountId) continue;
        if (grant.endedAt !== undefined) continue;
        grant.endReason = endOf(grant) ?? reason;
        grant.endedAt = clock.now();
      }
      world.store.changed();
    },
    begin: (grant) => {
      const { projectNumber, accountId } = grant;
      const pair = key(projectNumber, accountId);
      if (live(projectNumber, accountId).length === 0) {
        state().authorizations[pair] = (state().authorizations[pair] ?? 0) + 1;
      }
      state().grants.push(grant);
      world.store.changed();
    },
    authorization: (projectNumber, accountId) => state().authorizations[key(projectNumber, accountId)] ?? 0,
  };
}
