/** The import as its user sees it, live. */
import type { Consent } from '../../database/consents';
import type { Export } from '../../database/exports';
import { errorTable } from '../../domain/errors';
import { resourceTitle } from '../../domain/resources';
import type { ConsentState, ExportState } from '../../domain/states';
import { Findings, Parts, Size } from './export-progress';
import { renderFragment, renderPage } from './layout';

export interface StatusView {
  readonly consent: Consent;
  readonly exports: readonly (Export & { readonly storedParts: number })[];
  readonly returnUrl: string | undefined;
}

/** @param followPath where changes are streamed from */
export function statusPage(view: StatusView, followPath: string): string {
  return renderPage({
    title: 'Your import',
    script: '/public/follow.js',
    children: (
      <div class="card" data-follow={followPath} aria-live="polite">
        <Status {...view} />
      </div>
    ),
  });
}

/** The changing part of {@link statusPage}. */
export function statusFragment(view: StatusView): string {
  return renderFragment(<Status {...view} />);
}

const headlines: Record<ConsentState, string> = {
  active: 'Your data is on its way',
  ending: 'Your data is here',
  completed: 'Your data is here',
  expired: 'Your permission has ended',
  revoked: 'You took your permission back',
  cancelled: 'The import was cancelled',
  superseded: 'A newer permission has taken over',
  deleted: 'Your data was deleted',
  failed: 'Not everything could be fetched',
};

const labels: Record<ExportState, { text: string; tone: '' | 'good' | 'warn' | 'bad' }> = {
  initiating: { text: 'Asking Google', tone: '' },
  waiting: { text: 'Google prepares it', tone: '' },
  downloading: { text: 'Fetching', tone: '' },
  verifying: { text: 'Checking', tone: '' },
  ready: { text: 'Complete', tone: 'good' },
  partial: { text: 'Incomplete', tone: 'warn' },
  failed: { text: 'Failed', tone: 'bad' },
};

function Status({ consent, exports, returnUrl }: StatusView) {
  const refused = consent.requestedResources.filter((resource) => !consent.grantedResources.includes(resource));
  const ended = exports.filter(({ endedAt }) => endedAt !== null).length;
  return (
    <>
      <h1>{headlines[consent.state]}</h1>
      <p class="quiet">{summary(consent)}</p>
      <progress max={consent.grantedResources.length} value={ended} aria-label="Data sets finished" />
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Data</th>
              <th scope="col">State</th>
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
              <Row key={resource} resource={resource} row={exports.find((each) => each.resource === resource)} />
            ))}
          </tbody>
        </table>
      </div>
      {refused.length === 0 ? null : <p class="quiet">Not shared: {refused.map(resourceTitle).join(', ')}.</p>}
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

function Row({ resource, row }: { resource: string; row: StatusView['exports'][number] | undefined }) {
  const label = labels[row?.state ?? 'initiating'];
  return (
    <tr>
      <td>{resourceTitle(resource)}</td>
      <td>
        <span class={`state ${label.tone}`}>{label.text}</span>
        {row?.errorCode == null ? null : <div class="quiet">{errorTable[row.errorCode].message}.</div>}
        {row === undefined ? null : <Findings row={row} />}
      </td>
      <td class="number detail">{row === undefined ? null : <Parts row={row} />}</td>
      <td class="number">{row === undefined ? null : <Size row={row} />}</td>
    </tr>
  );
}

function summary(consent: Consent): string {
  if (consent.state === 'failed' && consent.errorCode !== null) return errorTable[consent.errorCode].remedy;
  if (consent.accessType === 'time_based' && consent.state === 'active') {
    const until = consent.endsAt === null ? '' : ` until ${consent.endsAt.toISOString().slice(0, 10)}`;
    return `You share${until}. This page shows the first import; repeating it daily follows in a later version.`;
  }
  if (consent.state === 'active') return 'You can close this page: the import goes on without it.';
  if (consent.state === 'completed') return 'The permission was given back to Google.';
  return '';
}
