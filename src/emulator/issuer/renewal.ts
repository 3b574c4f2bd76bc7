/** When a person may renew access, and the effect of a renewal (docs/google-api.md §10). */
import type { Grant } from '../state';
import { stateOf, type World } from '../world';
import type { Grants } from './grants';

export type Renewability =
  | { possible: true }
  | { possible: false; why: 'one-time access' | 'the app is in testing' | 'too early' | 'access is over' };

export function renewability(world: World, grants: Grants, grant: Grant): Renewability {
  if (grants.endOf(grant) !== undefined) return { possible: false, why: 'access is over' };
  if (grant.periodDays === undefined || grant.expiresAt === undefined)
    return { possible: false, why: 'one-time access' };
  if (world.clients.find(grant.clientId)?.publishing === 'testing')
    return { possible: false, why: 'the app is in testing' };
  const { renewalWindow, longRenewalWindow } = world.periods;
  // Q13: the last 90 days before the end, or the last six months.
  const window = stateOf(world).switches.Q13 === 'A' ? renewalWindow : longRenewalWindow;
  return world.clock.now() >= grant.expiresAt - window ? { possible: true } : { possible: false, why: 'too early' };
}

/**
 * Renews a grant for its period from now on. With Q6 answered B its refresh token keeps its old end, and only a new
 * consent, which then is not refused as incremental, carries the renewal over.
 */
export function renew(world: World, grant: Grant): void {
  const until = world.clock.now() + world.periods.days(grant.periodDays ?? 30);
  if (stateOf(world).switches.Q6 === 'A') grant.expiresAt = until;
  else grant.renewedUntil = until;
  world.store.changed();
}
