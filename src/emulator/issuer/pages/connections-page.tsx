/** The Connections page. */
import { findResource } from '../../resources';
import type { Renewability } from '../renewal';
import { renderPage } from './layout';

export interface Connection {
  grantId: string;
  appName: string;
  accountName: string;
  resources: string[];
  until: string | undefined;
  renewedUntil: string | undefined;
  renewability: Renewability;
}

export interface ConnectionsPageProps {
  connections: Connection[];
  /** Reached by an app's renewal link, whose project is known or not. */
  renewal?: 'known' | 'unknown';
}

export function connectionsPage({ connections, renewal }: ConnectionsPageProps): string {
  const nothingToDo = renewal === 'known' && connections.every((connection) => !connection.renewability.possible);
  return renderPage({
    title: renewal === undefined ? 'Connections' : 'Renew access',
    children: (
      <>
        <h1>{renewal === undefined ? 'Apps with access to a copy of your data' : 'Renew access'}</h1>
        {renewal === 'unknown' && (
          <p>No app has this project number. The app’s link may contain the project id instead of the number.</p>
        )}
        {nothingToDo && <p>There is nothing to renew now. Access continues without a change.</p>}
        {connections.length === 0 && renewal === undefined && <p class="quiet">No app has access.</p>}
        {connections.map((connection) => (
          <ConnectionForm key={connection.grantId} {...connection} />
        ))}
      </>
    ),
  });
}

function ConnectionForm({ grantId, appName, accountName, resources, until, renewedUntil, renewability }: Connection) {
  return (
    <form method="post" action="/connections">
      <fieldset>
        <legend>{appName}</legend>
        <p class="quiet small">{accountName}</p>
        <p>{until === undefined ? 'One-time access.' : `Access until ${until.slice(0, 16).replace('T', ' ')} UTC.`}</p>
        {renewedUntil !== undefined && <p class="good">Renewed. Go back to the app and connect once more to finish.</p>}
        <ul class="small">
          {resources.map((resource) => (
            <li key={resource}>{findResource(resource)?.title ?? resource}</li>
          ))}
        </ul>
        <input type="hidden" name="grant" value={grantId} />
        <div class="actions">
          {!renewability.possible && <span class="quiet small">Cannot be renewed: {renewability.why}.</span>}
          {renewability.possible && (
            <button type="submit" name="action" value="renew" class="primary">
              Renew
            </button>
          )}
          <button type="submit" name="action" value="remove">
            Remove access
          </button>
        </div>
      </fieldset>
    </form>
  );
}
