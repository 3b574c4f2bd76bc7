// Every finding has words of its own, for people who never read the code.
import { findingWords } from '../../src/domain/finding-words';
import type { Finding } from '../../src/domain/verdict';

const findings: Finding[] = [
  { kind: 'parts_missing', stated: 3, found: 1 },
  { kind: 'segment_missing', part: 1, segment: 4 },
  { kind: 'segment_altered', part: 1, segment: 4 },
  { kind: 'length_differs', part: 1, stated: 10, found: 9 },
  { kind: 'checksum_differs', part: 1, checksum: 'crc32c' },
  { kind: 'checksum_differs', part: 1, checksum: 'md5' },
  { kind: 'checksum_differs', part: 1, checksum: 'sha256' },
  { kind: 'not_a_zip', part: 2 },
  { kind: 'overlapping_members', part: 2, entry: 7 },
  { kind: 'header_differs', part: 2, entry: 7 },
  { kind: 'unreadable_member', part: 2, entry: 7 },
  { kind: 'encrypted_member', part: 2, entry: 7 },
  { kind: 'unsupported_member', part: 2, entry: 7, method: 12 },
  { kind: 'limit_exceeded', part: 2, limit: 'ARCHIVE_MAX_ENTRIES', allowed: 250_000 },
  { kind: 'manifest_missing' },
  { kind: 'manifest_unreadable', part: 2 },
  { kind: 'incomplete_service', service: 'MY_ACTIVITY' },
  { kind: 'file_not_extracted', service: 'MY_ACTIVITY', state: 'FAILED', count: 1 },
  { kind: 'file_not_extracted', service: 'MY_ACTIVITY', state: '', count: 2 },
  { kind: 'file_missing', service: 'MY_ACTIVITY', count: 2 },
  { kind: 'name_differs', service: 'MY_ACTIVITY', count: 2 },
  { kind: 'count_differs', service: 'MY_ACTIVITY', stated: 3, found: 2 },
  { kind: 'size_differs', service: 'MY_ACTIVITY', stated: 1, found: 2 },
  { kind: 'more_findings', of: 'not_a_zip', count: 9 },
];

it.each(findings.map((finding) => [finding.kind, finding] as const))(
  '%s is described in a sentence',
  (_kind, finding) => {
    expect(findingWords(finding)).toMatch(/^[A-Z].*\.$/);
    expect(findingWords(finding)).not.toMatch(/undefined|null|object/);
  },
);

it('no two findings have the same description', () => {
  expect(new Set(findings.map(findingWords)).size).toBe(findings.length);
});

it('a limit is described with its name and value, and numbers agree with their nouns', () => {
  expect(findingWords({ kind: 'limit_exceeded', part: 2, limit: 'ARCHIVE_MAX_ENTRIES', allowed: 250_000 })).toContain(
    'ARCHIVE_MAX_ENTRIES (250000)',
  );
  expect(findingWords({ kind: 'file_missing', service: 'MAPS', count: 1 })).toContain(
    '1 file of Google’s list is missing',
  );
  expect(findingWords({ kind: 'file_missing', service: 'MAPS', count: 2 })).toContain(
    '2 files of Google’s list are missing',
  );
});

it('a kind of a later release is shown by its name', () => {
  expect(findingWords({ kind: 'moonlight_missing', part: 1 } as unknown as Finding)).toBe('moonlight_missing');
});
