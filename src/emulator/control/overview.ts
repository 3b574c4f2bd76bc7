/** Gathers the data of the overview page. */
import type { Jobs } from '../api/jobs';
import type { Locks } from '../api/locks';
import type { Faults } from '../faults/faults';
import type { Grants } from '../issuer/grants';
import { stateOf, type World } from '../world';
import type { Overview } from './overview-page';

export interface OverviewDeps {
  world: World;
  grants: Grants;
  jobs: Jobs;
  locks: Locks;
  faults: Faults;
}

const shown = (at: number | undefined) =>
  at === undefined ? '' : new Date(at).toISOString().slice(0, 16).replace('T', ' ');

export function gatherOverview({ world, grants, jobs, locks, faults }: OverviewDeps): Overview {
  const state = stateOf(world);
  const email = (accountId: string) =>
    state.accounts.find((account) => account.accountId === accountId)?.email ?? accountId;
  const pairs = new Map(state.grants.map((grant) => [`${grant.projectNumber}/${grant.accountId}`, grant]));
  return {
    clock: world.clock.describe(),
    accounts: state.accounts.map((account) => ({
      account: account.email,
      traits: [
        account.locale,
        account.accountCountry,
        account.under18 && 'under 18',
        account.advancedProtection && 'Advanced Protection',
        account.blockedByAdministrator && 'blocked by administrator',
        account.emptyResources.length > 0 && `nothing in ${account.emptyResources.join(', ')}`,
      ]
        .filter((trait) => trait !== false)
        .join(', '),
    })),
    grants: state.grants.toReversed().map((grant) => ({
      account: email(grant.accountId),
      app: world.clients.find(grant.clientId)?.appName ?? grant.clientId,
      access: [...new Set(Object.values(grant.access))].join(' and '),
      resources: Object.keys(grant.access).join(', '),
      until: shown(grant.expiresAt),
      state: grants.endOf(grant) ?? 'live',
    })),
    locks: [...pairs.values()].flatMap((grant) =>
      locks
        .held(grant)
        .map(({ resource, until }) => ({ account: email(grant.accountId), resource, until: shown(until) })),
    ),
    jobs: state.jobs.toReversed().map((job) => ({
      job: job.jobId,
      account: email(job.accountId),
      resources: job.resources.join(', '),
      state: jobs.isExpired(job) ? 'expired' : jobs.stateOf(job),
      access: job.accessType,
      requestedAt: shown(job.requestedAt),
      until: shown(job.finishAt),
    })),
    faults: faults
      .unmet()
      .map((fault) => ({ name: fault.name, method: fault.method, triggered: `${fault.met} of ${fault.times}` })),
  };
}
