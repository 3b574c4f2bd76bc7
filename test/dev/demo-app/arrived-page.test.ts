// The demo's page of a connection: states in words, several exports, and a stranger's text as text.
import { arrivedFragment, arrivedPage, type ArrivedView } from '../../../src/dev/demo-app/arrived-page';
import type { ConsentJson } from '../../../src/dev/portage-api';

type Export = ConsentJson['exports'][number];

const connection = {
  sessionId: 'cns_1',
  consentId: 'con_1',
  resources: ['myactivity.search'],
  startedAt: '2026-03-01T09:30:00.000Z',
};

const exportOf = (cycle: number, changes: Partial<Export> = {}): Export => ({
  id: `exp_${cycle}`,
  resource: 'myactivity.search',
  resources: ['myactivity.search'],
  cycle,
  state: 'ready',
  verdict: 'complete',
  errorCode: null,
  requestedAt: `2026-03-${String(cycle).padStart(2, '0')}T09:30:00.000Z`,
  endedAt: `2026-03-${String(cycle).padStart(2, '0')}T10:30:00.000Z`,
  partsTotal: 1,
  files: 1,
  bytes: 2_048,
  records: { state: 'complete', read: 40, new: cycle, cursor: cycle },
  parts: [{ number: 1, bytes: 2_048, sha256: null, path: '' }],
  ...changes,
});

function view(exports: readonly Export[], changes: Partial<ConsentJson> = {}, text = 'Searched for tea'): ArrivedView {
  const consent = {
    id: 'con_1',
    state: 'active',
    errorCode: null,
    accessType: 'time_based',
    grantedResources: ['myactivity.search'],
    endsAt: '2026-08-28T09:30:00.000Z',
    endedAt: null,
    exports,
    ...changes,
  } as ConsentJson;
  const firstRecords = [{ kind: 'activity', occurredAt: '2026-02-28T23:00:00Z', text }];
  const resources = [{ resource: 'myactivity.search', exports: [...exports], records: 45, firstRecords }];
  return { connection, arrived: { state: 'connected', consent, resources }, others: [] };
}

const words = (markup: string) => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

it('lists the newest exports of a time-based consent with the results and parts of each', () => {
  const fragment = arrivedFragment(view([7, 6, 5, 4, 3, 2, 1].map((cycle) => exportOf(cycle))));
  expect(words(fragment)).toContain('Your data is fetched every day until 2026-08-28.');
  expect(words(fragment)).toContain('45 records');
  expect(words(fragment)).toContain('Export of 2026-03-07 09:30 UTC: 7 new records. Part 1 (2.0 KiB)');
  expect(fragment.match(/href="\/exports\//g)).toHaveLength(5);
  expect(words(fragment)).toContain('And 2 earlier exports.');
});

it('counts the new records of an export only when it has ended', () => {
  const running = exportOf(7, { state: 'reading', verdict: null, endedAt: null, records: null });
  expect(words(arrivedFragment(view([running])))).toContain('Export of 2026-03-07 09:30 UTC: Part 1 (2.0 KiB)');
});

it('shows records as text, for any content', () => {
  const text = '<script>alert(1)</script>"\'&';
  const page = arrivedPage(view([exportOf(1)], {}, text));
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('&lt;script>alert(1)');
});

it('describes the state of an export, and follows it until the consent has ended', () => {
  const under = view([exportOf(1, { state: 'waiting', records: null, parts: [] })], { accessType: 'one_time' });
  expect(words(arrivedPage(under))).toContain('Your data is being imported.');
  expect(words(arrivedPage(under))).toContain('Google prepares the data');
  expect(arrivedPage(under)).toContain('data-follow="/connections/cns_1/changes"');

  const ended = view([exportOf(1)], { accessType: 'one_time', state: 'completed', endedAt: '2026-03-01T11:00:00Z' });
  expect(words(arrivedPage(ended))).toContain('Your data is here.');
  expect(arrivedPage(ended)).not.toMatch(/data-follow|<script/);
  expect(arrivedPage(ended)).not.toContain('Start again');
});

it.each([
  ['failed', 'Not everything could be fetched.'],
  ['revoked', 'Your permission was removed at Google.'],
  ['expired', 'Your permission has ended.'],
  ['deleted', 'Your data was deleted.'],
])('offers to start again after a consent that is %s', (state, expected) => {
  const page = arrivedPage(
    view([exportOf(1, { state: 'failed', errorCode: 'ARCHIVE_FAILED', parts: [] })], {
      state,
      errorCode: 'ARCHIVE_FAILED',
      endedAt: '2026-03-01T11:00:00Z',
    }),
  );
  expect(words(page)).toContain(expected);
  expect(words(page)).toContain('Google failed to build the archive four times. ARCHIVE_FAILED');
  expect(page).toContain('href="/connect?again=cns_1"');
});

it.each([
  [{ state: 'open' }, 'you have not come back from its consent screen'],
  [{ state: 'declined', errorCode: 'CONSENT_EMPTY' }, 'no data was ticked at Google'],
  [{ state: 'failed', errorCode: 'SOME_NEW_CODE' }, 'SOME_NEW_CODE'],
  [{ state: 'expired', errorCode: null }, 'the link to connect has expired'],
  [{ state: 'unconfirmed', errorCode: 'UNCONFIRMED' }, 'this app did not confirm it in time'],
] as const)('shows why there is no consent: %j', (arrived, expected) => {
  const page = arrivedPage({ connection, arrived, others: [{ ...connection, sessionId: 'cns_0' }] });
  expect(words(page)).toContain(expected);
  expect(page).toContain('href="/connect?again=cns_1"');
  expect(page).toContain('href="/connections/cns_0"');
});
