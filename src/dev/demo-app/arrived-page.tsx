/** The demo app's page for a connection: progress of the import, counts, first records, links to parts. */
import { errorTable, isErrorCode } from '../../domain/error-codes';
import { resourceTitle } from '../../domain/resources';
import { formatBytes, formatDay, formatTime } from '../../server/pages/format';
import { renderFragment, renderPage } from '../../server/pages/layout';
import type { ConsentJson } from '../portage-api';
import type { Arrived, ArrivedResource } from './arrived';
import type { RecordLine } from './first-records';
import type { Connection } from './kept-connections';

export const brand = 'Demo host app';

export interface ArrivedView {
  readonly connection: Connection;
  readonly arrived: Arrived;
  /** The user's other connections, newest first. */
  readonly others: readonly Connection[];
}

/** The page lists at most this many exports of a resource; the counts include all exports. */
const exportsShown = 5;
const partsShown = 10;

/** Whether the page can still change. */
export function isUnderWay({ arrived }: Pick<ArrivedView, 'arrived'>): boolean {
  return arrived.state === 'open' || (arrived.state === 'connected' && arrived.consent.endedAt === null);
}

export function arrivedPage(view: ArrivedView): string {
  const { connection, others } = view;
  const follow = isUnderWay(view);
  return renderPage({
    title: 'Your Google data',
    brand,
    ...(follow ? { script: '/public/follow.js' } : {}),
    children: (
      <div class="card">
        <div {...(follow ? { 'data-follow': `/connections/${connection.sessionId}/changes` } : {})}>
          <ArrivedData {...view} />
        </div>
        {view.arrived.state !== 'connected' ? null : (
          <p>
            <a class="button second" href="/connect">
              Connect more data
            </a>
          </p>
        )}
        {others.length === 0 ? null : (
          <>
            <h2>Your other connections</h2>
            <ul class="plain">
              {others.map(({ sessionId, startedAt, resources }) => (
                <li key={sessionId}>
                  <a href={`/connections/${sessionId}`}>{formatTime(new Date(startedAt))}</a>{' '}
                  <span class="quiet">{resources.map(resourceTitle).join(', ')}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    ),
  });
}

/** The changing part of {@link arrivedPage}. */
export function arrivedFragment(view: ArrivedView): string {
  return renderFragment(<ArrivedData {...view} />);
}

function ArrivedData({ connection, arrived }: ArrivedView) {
  return (
    <>
      <h1>Your Google data</h1>
      {arrived.state === 'connected' ? (
        <Consent consent={arrived.consent} resources={arrived.resources} connection={connection} />
      ) : (
        <WithoutConsent arrived={arrived} connection={connection} />
      )}
    </>
  );
}

function StartAgain({ connection }: { connection: Connection }) {
  return (
    <p>
      <a class="button" href={`/connect?again=${connection.sessionId}`}>
        Start again
      </a>
    </p>
  );
}

function WithoutConsent({
  arrived,
  connection,
}: {
  arrived: Exclude<Arrived, { state: 'connected' }>;
  connection: Connection;
}) {
  const words = {
    open: 'Google is not connected yet: you have not come back from its consent screen.',
    declined: 'Google is not connected.',
    failed: 'Google is not connected: there was an error.',
    expired: 'Google is not connected: the link to connect has expired.',
    unconfirmed: 'Google is not connected: this app did not confirm it in time.',
    cancelled: 'Google is not connected: this app withdrew the link to connect.',
    unknown: 'Portage no longer knows this connection.',
  }[arrived.state];
  const errorCode = 'errorCode' in arrived ? arrived.errorCode : null;
  return (
    <>
      <p role="status">{words}</p>
      {errorCode === null ? null : <ErrorWords code={errorCode} />}
      <StartAgain connection={connection} />
    </>
  );
}

const headlines: Readonly<Record<string, string>> = {
  active: 'Your data is being imported.',
  ending: 'The import has ended. Portage is ending the permission at Google.',
  completed: 'Your data is here.',
  expired: 'Your permission has ended. The data that arrived before is below.',
  revoked: 'Your permission was removed at Google. The data that arrived before is below.',
  cancelled: 'The import was cancelled. The data that arrived before is below.',
  superseded: 'A newer permission has replaced this one. The data that arrived before is below.',
  deleted: 'Your data was deleted.',
  unconfirmed: 'Nothing was fetched: this app did not confirm the connection in time.',
  failed: 'Not everything could be fetched.',
};
const goesOnWithoutAsking = ['active', 'ending', 'completed', 'superseded'];

function Consent({
  consent,
  resources,
  connection,
}: {
  consent: ConsentJson;
  resources: readonly ArrivedResource[];
  connection: Connection;
}) {
  const total = resources.reduce((sum, { records }) => sum + records, 0);
  const repeats = consent.accessType === 'time_based' && consent.state === 'active';
  return (
    <>
      <p role="status">
        {repeats
          ? `Your data is fetched every day${consent.endsAt === null ? '' : ` until ${formatDay(new Date(consent.endsAt))}`}.`
          : (headlines[consent.state] ?? `The import is ${consent.state}.`)}{' '}
        {total === 0 ? null : <strong>{count(total, 'record')}</strong>}
      </p>
      {consent.errorCode === null ? null : <ErrorWords code={consent.errorCode} />}
      {goesOnWithoutAsking.includes(consent.state) ? null : <StartAgain connection={connection} />}
      {resources.map((each) => (
        <Resource key={each.resource} {...each} />
      ))}
      {total === 0 ? null : (
        <p>
          <a href={`/connections/${connection.sessionId}/records`}>All records (NDJSON)</a>
        </p>
      )}
      <p class="quiet">
        <code>{consent.id}</code>
      </p>
    </>
  );
}

function ErrorWords({ code }: { code: string }) {
  return (
    <p class="quiet">
      {isErrorCode(code) ? `${errorTable[code].message}. ` : ''}
      <code>{code}</code>
    </p>
  );
}

function Resource({ resource, exports, records, firstRecords }: ArrivedResource) {
  const [newest] = exports;
  return (
    <section>
      <h2>{resourceTitle(resource)}</h2>
      <p>
        <State row={newest} />{' '}
        {records === 0 && newest?.endedAt == null ? null : <span class="quiet">{count(records, 'record')}</span>}
      </p>
      {newest?.errorCode == null ? null : <ErrorWords code={newest.errorCode} />}
      {firstRecords.length === 0 ? null : <FirstRecords title={resourceTitle(resource)} lines={firstRecords} />}
      <Exports exports={exports} />
    </section>
  );
}

const labels: Readonly<Record<string, { text: string; tone: string }>> = {
  initiating: { text: 'Asking Google', tone: '' },
  waiting: { text: 'Google prepares the data', tone: '' },
  downloading: { text: 'Downloading', tone: '' },
  verifying: { text: 'Checking', tone: '' },
  reading: { text: 'Reading', tone: '' },
  ready: { text: 'Complete', tone: 'good' },
  partial: { text: 'Incomplete', tone: 'warn' },
  failed: { text: 'Failed', tone: 'bad' },
};

function State({ row }: { row: ConsentJson['exports'][number] | undefined }) {
  const state = row?.state ?? 'initiating';
  const label = labels[state] ?? { text: state, tone: '' };
  return <span class={`state ${label.tone}`}>{label.text}</span>;
}

function FirstRecords({ title, lines }: { title: string; lines: readonly RecordLine[] }) {
  const hasTimes = lines.some(({ occurredAt }) => occurredAt !== undefined);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`First records of ${title}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">First records</th>
            <th scope="col" class="detail">
              Kind
            </th>
            {hasTimes ? <th scope="col">When</th> : null}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ kind, occurredAt, text }, index) => (
            <tr key={index}>
              <td class="long">{text}</td>
              <td class="detail">
                <code>{kind}</code>
              </td>
              {hasTimes ? (
                <td>
                  {occurredAt === undefined ? null : <time dateTime={occurredAt}>{occurredAt.slice(0, 10)}</time>}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Exports({ exports }: { exports: ConsentJson['exports'] }) {
  const withParts = exports.filter(({ parts }) => parts.length > 0);
  if (withParts.length === 0) return null;
  return (
    <ul class="plain">
      {withParts.slice(0, exportsShown).map((row) => (
        <li key={row.id}>
          {row.requestedAt === null ? 'Export' : `Export of ${formatTime(new Date(row.requestedAt))}`}:{' '}
          {row.endedAt === null ? null : `${count(row.records?.new ?? 0, 'new record')}. `}
          {row.parts.slice(0, partsShown).map(({ number, bytes }) => (
            <span key={number}>
              <a href={`/exports/${row.id}/parts/${number}`}>Part {number}</a>{' '}
              <span class="quiet">({formatBytes(bytes)})</span>{' '}
            </span>
          ))}
          {row.parts.length <= partsShown ? null : `and ${row.parts.length - partsShown} more`}
        </li>
      ))}
      {withParts.length <= exportsShown ? null : (
        <li class="quiet">And {count(withParts.length - exportsShown, 'earlier export')}.</li>
      )}
    </ul>
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
