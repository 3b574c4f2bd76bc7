// The status page describes the progress of an import and its findings.
import type { ExportState } from '../../src/domain/states';
import { statusFragment, type StatusView } from '../../src/server/pages/status-page';

const at = new Date('2026-03-01T09:30:00.000Z');
type Row = StatusView['exports'][number];

/** Text of the page of one consent with one export, without its markup. */
function shown(changes: Partial<Row>, ofConsent: Partial<StatusView['consent']> = {}): string {
  const consent = {
    id: 'con_1',
    state: 'active',
    errorCode: null,
    accessType: 'one_time',
    requestedResources: ['myactivity.search'],
    grantedResources: ['myactivity.search'],
    supersededResources: [],
    stopWanted: null,
    dataDeletedAt: null,
    createdAt: at,
    endsAt: null,
    endedAt: null,
    ...ofConsent,
  } as unknown as StatusView['consent'];
  const row = {
    id: 'exp_1',
    resource: 'myactivity.search',
    resources: ['myactivity.search'],
    requestedAt: at,
    state: 'downloading',
    verdict: null,
    errorCode: null,
    findings: [],
    partsTotal: 2,
    storedParts: 1,
    bytes: null,
    bytesStored: null,
    bytesTotal: null,
    bytesPerSecond: null,
    segmentsStored: null,
    segmentsTotal: null,
    recordsState: null,
    recordsCount: null,
    recordsRead: null,
    endedAt: null,
    ...changes,
  } as unknown as Row;
  return statusFragment({
    consent,
    exports: [row],
    schedule: { done: 0, nextAt: undefined, isOver: false },
    renewal: { state: 'not_offered', from: null, url: null },
    connectionsUrl: 'https://myaccount.google.com/connections',
    returnUrl: undefined,
    others: [],
    wait: null,
  })
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

it('shows bytes, rate, parts and segments while an archive is fetched', () => {
  const text = shown({
    bytesStored: 3 * 2 ** 20,
    bytesTotal: 2 ** 30,
    bytesPerSecond: 5 * 2 ** 20,
    segmentsStored: 1,
    segmentsTotal: 256,
  });
  expect(text).toContain('3.0 MiB of 1.0 GiB');
  expect(text).toContain('5.0 MiB per second');
  expect(text).toContain('1 of 2');
  expect(text).toContain('1 of 256 segments');
});

it('shows the downloaded bytes where a server sends no length', () => {
  const text = shown({ bytesStored: 500 });
  expect(text).toContain('500 bytes');
  expect(text).not.toMatch(/500 bytes of|segments|per second/);
  expect(shown({})).toContain('Downloading');
});

it('shows the size alone once the export is stored', () => {
  const text = shown({
    state: 'ready',
    verdict: 'complete',
    bytes: 2 ** 20,
    bytesStored: 2 ** 20,
    bytesTotal: 2 ** 20,
  });
  expect(text).toContain('Complete');
  expect(text).toContain('1.0 MiB');
  expect(text).not.toContain(' of 1.0 MiB');
});

it('describes findings in words, and no more of them than a page can show', () => {
  const findings: Row['findings'] = [
    { kind: 'incomplete_service', service: 'MY_ACTIVITY' },
    ...Array.from({ length: 9 }, (_, index) => ({ kind: 'unreadable_member' as const, part: 1, entry: index + 1 })),
  ];
  const text = shown({ state: 'partial', verdict: 'incomplete_at_google', findings });
  expect(text).toContain('MY_ACTIVITY: Google states that it left something out.');
  expect(text).toContain('Part 1: file 4 is damaged.');
  expect(text).not.toContain('file 5');
  expect(text).toContain('And 5 more.');
});

it.each([
  ['done', 'Portage has ended the permission at Google.'],
  ['already_ended', 'The permission had already ended at Google.'],
  ['kept', 'Portage has not ended the permission at Google, because that would also end another permission of yours.'],
  ['refused', 'Google has not confirmed that the permission ended.'],
  [null, 'Google has not confirmed that the permission ended.'],
] as const)('shows the state of the permission: %s', (resetAnswer, words) => {
  const permission = shown({ state: 'ready', verdict: 'complete' }, { state: 'completed', endedAt: at, resetAnswer });
  expect(permission).toContain(words);
  const others = [
    'has ended the permission',
    'has not ended the permission',
    'had already ended at Google',
    'not confirmed',
  ];
  expect(others.filter((each) => permission.includes(each))).toHaveLength(1);
});

it.each<[ExportState, Partial<StatusView['consent']>, string]>([
  ['ready', {}, 'Your data is here'],
  ['partial', {}, 'Your data is here'],
  ['failed', {}, 'Not everything could be fetched Go back to the app'],
  ['failed', { accessType: 'time_based' }, 'Not everything could be fetched Go back to the app'],
  ['ready', { grantedResources: ['myactivity.search', 'myactivity.youtube'] }, 'Not everything could be fetched'],
  ['failed', { stopWanted: 'cancelled' }, 'The import was cancelled'],
  ['failed', { stopWanted: 'unconfirmed' }, 'The app did not confirm that this is your account'],
  ['failed', { stopWanted: 'deleted' }, 'Your data is being deleted'],
  ['failed', { stopWanted: 'deleted', dataDeletedAt: at }, 'Your data was deleted'],
])('while a consent is ending, the headline is true: %s, %j', (state, consent, words) => {
  const text = shown({ state, endedAt: at }, { ...consent, state: 'ending', resetAnswer: null });
  expect(text.trim()).toMatch(new RegExp(`^${words}`));
  // The permission is being ended; nothing is known of it yet.
  expect(text).not.toContain('permission');
});

it('shows that the data is stored when nothing failed but the end of the permission', () => {
  const ended = { state: 'failed', errorCode: 'GOOGLE_UNAVAILABLE', resetAnswer: 'refused', endedAt: at } as const;
  const text = shown({ state: 'ready', verdict: 'complete', endedAt: at }, ended);
  expect(text).toContain('Your data is here Google has not confirmed that the permission ended.');
  expect(text).not.toContain('connect again');
});

it('shows the user of a failed import the remedy for users, not the one for operators', () => {
  const text = shown({ state: 'failed' }, { state: 'failed', errorCode: 'ARCHIVE_FAILED' });
  expect(text).toContain('Go back to the app and connect again.');
  expect(text).not.toContain('Ask the user');
});
