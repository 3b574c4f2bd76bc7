/** The Connections page: a person's data shares by app, to be renewed or removed (docs/google-api.md §10, §11). */
import type { Request } from 'express';
import type { Client } from '../clients';
import type { Endpoint } from '../http/endpoint';
import { htmlReply, redirectReply, type Reply } from '../http/reply';
import type { Account, Grant } from '../state';
import { stateOf, type World } from '../world';
import type { Grants } from './grants';
import { connectionsPage, type Connection } from './pages/connections-page';
import { renew, renewability } from './renewal';

export function connectionsEndpoints(world: World, grants: Grants): Record<'show' | 'link' | 'change', Endpoint> {
  const connections = (keep: (grant: Grant) => boolean): Connection[] =>
    stateOf(world)
      .grants.filter((grant) => grants.endOf(grant) === undefined && keep(grant))
      .flatMap((grant) => {
        const account = stateOf(world).accounts.find(({ accountId }) => accountId === grant.accountId);
        const client = world.clients.find(grant.clientId);
        return account === undefined || client === undefined ? [] : [connection(world, grants, grant, account, client)];
      });
  const endpoint = (handle: (request: Request) => Reply): Endpoint => ({
    method: 'connections',
    identify: (request) => ({ accountId: grantOf(request)?.accountId }),
    handle,
  });
  const grantOf = (request: Request) => grants.find(String((request.body as { grant?: string } | undefined)?.grant));
  return {
    show: endpoint(() => htmlReply(200, connectionsPage({ connections: connections(() => true) }))),
    link: endpoint((request) => {
      // §10: the link takes the project's number; its id is another value and matches nothing.
      const project = request.query['project_number'];
      const known = typeof project === 'string' && world.clients.ofProject(project).length > 0;
      const ofProject = connections((grant) => grant.projectNumber === project);
      return htmlReply(
        known ? 200 : 404,
        connectionsPage({ connections: ofProject, renewal: known ? 'known' : 'unknown' }),
      );
    }),
    change: endpoint((request) => {
      const grant = grantOf(request);
      const action = (request.body as { action?: string } | undefined)?.action;
      if (grant === undefined) return htmlReply(404, connectionsPage({ connections: [], renewal: 'unknown' }));
      if (action === 'remove') grants.endAll(grant.projectNumber, grant.accountId, 'removed');
      if (action === 'renew' && renewability(world, grants, grant).possible) renew(world, grant);
      return { ...redirectReply('/connections'), status: 303 };
    }),
  };
}

function connection(world: World, grants: Grants, grant: Grant, account: Account, client: Client): Connection {
  return {
    grantId: grant.grantId,
    appName: client.appName,
    accountName: `${account.name} (${account.email})`,
    resources: Object.keys(grant.access),
    until: grant.expiresAt === undefined ? undefined : new Date(grant.expiresAt).toISOString(),
    renewedUntil: grant.renewedUntil === undefined ? undefined : new Date(grant.renewedUntil).toISOString(),
    renewability: renewability(world, grants, grant),
  };
}
