/** The status page of an import; the browser updates it while the import runs. */
import type { Consent } from '../../database/consents';
import type { Export } from '../../database/exports';
import { errorTable } from '../../domain/error-codes';
import { resourceTitle } from '../../domain/resources';
import type { Renewal } from '../../domain/renewal-window';
import type { ConsentState, ExportState } from '../../domain/states';
import type { GrantWait } from '../../consent-status/why-grant-is-kept';
import { newestOf, type Schedule } from '../../consent-status/next-export';
import { formatDay, formatTime } from './format';
import { Findings, Parts, Records, Size } from './export-progress';
import { renderFragment, renderPage, type Branding } from './layout';

export interface StatusView {
  readonly consent: Consent;
  /** The newest export of each loop. */
  readonly exports: readonly (Export & { readonly storedParts: number })[];
  readonly schedule: Schedule;
  readonly renewal: Renewal & { readonly url: string | null };
  /** Google's page on which the user can see and remove grants. */
  readonly connectionsUrl: string;
  readonly returnUrl: string | undefined;
  /**
   * The resources of an older consent that stays active: this consent did not extend it, because the user allowed less.
   */
  readonly continuing?: { readonly resources: readonly string[]; readonly until: Date } | undefined;
  /** The resources of the user's other active consents. */
  readonly others: readonly string[];
  /** What Portage waits for before it ends the grant at Google. */
  readonly wait: GrantWait | null;
}

/** @param path of the page; the browser streams changes from a path below it */
export function statusPage(view: StatusView, path: string, branding: Branding): string {
  return renderPage({
    title: 'Your import',
    branding,
    script: '/public/follow.js',
    children: (
      <>
        <div class="card" data-follow={`${path}/status`} aria-live="polite">
          <Status {...view} />
        </div>
        <form method="post" action={`${path}/leave`}>
          <p class="quiet">
            Is this another person’s device? Press this button, so that this browser no longer shows the page. The
            import continues. <button class="plain">This is not my device</button>
          </p>
        </form>
      </>
    ),
  });
}

/** The changing part of {@link statusPage}. */
export function statusFragment(view: StatusView): string {
  return renderFragment(<Status {...view} />);
}

const headlines: Record<Exclude<ConsentState, 'ending'>, string> = {
  active: 'Your data is being imported',
  completed: 'Your data is here',
  expired: 'Your permission has ended',
  revoked: 'Your permission was removed at Google',
  cancelled: 'The import was cancelled',
  superseded: 'A newer permission has replaced this one',
  deleted: 'Your data was deleted',
  unconfirmed: 'The app did not confirm that this is your account',
  failed: 'Not everything could be fetched',
};

/**
 * The state whose text the page shows. Every consent is `ending` before its end, for any reason. A consent is also
 * `failed` when its data was stored and only the reset failed at Google.
 */
function shownState({ consent, exports }: StatusView): Exclude<ConsentState, 'ending'> {
  const { state, stopWanted, grantedResources } = consent;
  if (state !== 'ending' && state !== 'failed') return state;
  if (state === 'ending' && stopWanted !== null) return stopWanted;
  const isHere = (resource: string) => ['ready', 'partial'].includes(newestOf(resource, exports)?.state ?? 'failed');
  return grantedResources.every(isHere) ? 'completed' : 'failed';
}

function headline(view: StatusView): string {
  const { state, accessType, dataDeletedAt } = view.consent;
  if (state === 'active' && accessType === 'time_based') return 'Your data is fetched every day';
  const shown = shownState(view);
  return shown === 'deleted' && dataDeletedAt === null ? 'Your data is being deleted' : headlines[shown];
}

const labels: Record<ExportState, { text: string; tone: '' | 'good' | 'warn' | 'bad' }> = {
  initiating: { text: 'Asking Google', tone: '' },
  waiting: { text: 'Google prepares the data', tone: '' },
  downloading: { text: 'Downloading', tone: '' },
  verifying: { text: 'Checking', tone: '' },
  reading: { text: 'Reading', tone: '' },
  ready: { text: 'Complete', tone: 'good' },
  partial: { text: 'Incomplete', tone: 'warn' },
  failed: { text: 'Failed', tone: 'bad' },
};

function Status(view: StatusView) {
  const { consent, exports, returnUrl, continuing, others } = view;
  const repeats = consent.accessType === 'time_based';
  const isShared = (resource: string) =>
    consent.grantedResources.includes(resource) || continuing?.resources.includes(resource) === true;
  const refused = consent.requestedResources.filter((resource) => !isShared(resource));
  const ended = exports.filter(({ endedAt }) => endedAt !== null).length;
  return (
    <>
      <h1>{headline(view)}</h1>
      <p class="quiet">{[summary(view), permissionAtGoogle(view)].join(' ').trim()}</p>
      {repeats ? (
        <Repetition {...view} />
      ) : (
        <progress max={consent.grantedResources.length} value={ended} aria-label="Data sets finished" />
      )}
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Data</th>
              <th scope="col">{repeats ? 'Last export' : 'State'}</th>
              <th scope="col" class="number detail">
                Parts
              </th>
              <th scope="col" class="number">
                Size
              </th>
            </tr>
          </thead>
          <tbody>
            {consent.grantedResources.map((resource) => (
              <Row key={resource} {...{ resource, consent }} row={newestOf(resource, exports)} />
            ))}
          </tbody>
        </table>
      </div>
      {refused.length === 0 ? null : <p class="quiet">Not shared: {refused.map(resourceTitle).join(', ')}.</p>}
      {continuing === undefined ? null : (
        <p>
          This is a second permission. It did not extend your earlier one, because you allowed less. Until{' '}
          <time>{formatDay(continuing.until)}</time> you also share {continuing.resources.map(resourceTitle).join(', ')}
          .
        </p>
      )}
      {others.length === 0 || continuing !== undefined ? null : <Others {...view} />}
      {repeats && consent.state === 'active' ? <End {...view} /> : null}
      <p class="quiet">
        <code>{consent.id}</code>
      </p>
      {returnUrl === undefined ? null : (
        <a class="button" href={returnUrl}>
          Back to the app
        </a>
      )}
    </>
  );
}

/** The effect of this permission on the user's other ones, and of theirs on this one. */
function Others({ consent, others }: StatusView) {
  return (
    <p>
      You have another permission with this app, for {others.map(resourceTitle).join(', ')}. It continues.
      {consent.accessType === 'one_time'
        ? ' So Portage does not end this one at Google before the other one has ended: if both are of the same Google account, ending one would end the other.'
        : null}
    </p>
  );
}

/** The number of daily exports so far, and the time of the next one. */
function Repetition({ consent, schedule }: StatusView) {
  const { done, nextAt, isOver } = schedule;
  const count = done === 1 ? '1 export' : `${done} exports`;
  return (
    <dl class="facts">
      <dt>So far</dt>
      <dd>{count}</dd>
      {consent.state !== 'active' ? null : (
        <>
          <dt>Next</dt>
          <dd>
            {consent.pausedAt !== null
              ? `Paused since ${formatTime(consent.pausedAt)}: no new export starts.`
              : isOver
                ? 'There is no further export before the permission ends.'
                : nextAt === undefined
                  ? 'An export is running now.'
                  : `The next export starts at ${formatTime(nextAt)} or soon after.`}
          </dd>
        </>
      )}
    </dl>
  );
}

/** How the user can renew the permission, and how to end it. */
function End({ consent, renewal, connectionsUrl }: StatusView) {
  return (
    <>
      {renewal.state === 'possible' ? (
        <p>
          You can <a href={`/consents/${consent.id}/renew`}>renew your permission</a> now, so that sharing continues
          after its end.
        </p>
      ) : null}
      <p class="quiet">
        You can end the sharing at any time: remove the app’s access in <a href={connectionsUrl}>your Google account</a>
        . The app keeps the data that has already arrived.
      </p>
    </>
  );
}

interface RowProps {
  readonly resource: string;
  readonly consent: Consent;
  readonly row: StatusView['exports'][number] | undefined;
}

function Row({ resource, consent, row }: RowProps) {
  const superseded = consent.supersededResources.includes(resource);
  const label = labels[row?.state ?? 'initiating'];
  const lockedUntil = row?.state === 'initiating' ? row.lockedUntil : null;
  return (
    <tr>
      <td>{resourceTitle(resource)}</td>
      <td>
        <span class={`state ${label.tone}`}>{label.text}</span>
        {consent.accessType === 'time_based' && row?.endedAt != null ? (
          <div class="quiet">{formatTime(row.initiatedAt ?? row.endedAt)}</div>
        ) : null}
        {lockedUntil === null ? null : (
          <div class="quiet">Google does not allow the next export before {formatTime(lockedUntil)}.</div>
        )}
        {superseded ? <div class="quiet">A newer permission exports this data.</div> : null}
        {row?.errorCode == null ? null : <div class="quiet">{errorTable[row.errorCode].message}.</div>}
        {row === undefined ? null : <Records row={row} />}
        {row === undefined ? null : <Findings row={row} />}
      </td>
      <td class="number detail">{row === undefined ? null : <Parts row={row} />}</td>
      <td class="number">{row === undefined ? null : <Size row={row} />}</td>
    </tr>
  );
}

function summary(view: StatusView): string {
  const { consent } = view;
  // The remedies of the error table are for the host app's developers and for operators.
  if (shownState(view) === 'failed') return 'Go back to the app and connect again.';
  if (consent.accessType === 'time_based' && consent.state === 'active') {
    return consent.endsAt === null ? '' : `You share until ${formatDay(consent.endsAt)}.`;
  }
  if (consent.state === 'active') return 'You can close this page: the import continues.';
  return consent.state === 'superseded' ? 'It exports this data now.' : '';
}

/** After these ends, the permission may still exist at Google. */
const permissionMayBeLeft: readonly ConsentState[] = ['completed', 'cancelled', 'superseded'];

/** Whether the permission has ended at Google, and what Portage waits for before it ends it. */
function permissionAtGoogle(view: StatusView): string {
  const { consent, wait } = view;
  if (wait !== null) return waitWords(wait);
  if (consent.state === 'ending') return '';
  return permissionMayBeLeft.includes(shownState(view)) ? resetWords(consent) : '';
}

function waitWords({ reason, until }: GrantWait): string {
  const atTheLatest = until === null ? '' : ` At the latest, it ends on ${formatDay(until)}.`;
  switch (reason) {
    case 'other_consents':
      return (
        'Portage has not ended this permission at Google yet: another permission is still in use, and if both are of the ' +
        `same Google account, ending one would end the other. Portage ends this one when the other one has ended.${atTheLatest}`
      );
    case 'user_is_connecting':
      return 'Portage ends this permission at Google as soon as the connection that you have begun is finished or given up.';
    case 'google_refuses':
      return `Google does not end this permission at the moment; Portage asks again.${atTheLatest}`;
  }
}

/** What happened to the permission at the reset. */
function resetWords({ resetAnswer }: Consent): string {
  switch (resetAnswer) {
    case 'done':
      return 'Portage has ended the permission at Google.';
    case 'already_ended':
      return 'The permission had already ended at Google.';
    case 'kept':
      return 'Portage has not ended the permission at Google, because that would also end another permission of yours.';
    case 'refused':
    case null:
      return 'Google has not confirmed that the permission ended. You can end it in your Google Account.';
  }
}
