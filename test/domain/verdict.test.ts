// The verdict on the findings of a verification, and the end state of an export (docs/google-api.md §A2).
import fc from 'fast-check';

import { exportStateOf, verdicts, type Verdict } from '../../src/domain/states';
import { verdictOf, type Finding } from '../../src/domain/verdict';

const service = 'MY_ACTIVITY';
const notAZip: Finding = { kind: 'not_a_zip', part: 1 };
const unreadable: Finding = { kind: 'unreadable_member', part: 1, entry: 3 };
const manifestMissing: Finding = { kind: 'manifest_missing' };
const manifestUnreadable: Finding = { kind: 'manifest_unreadable', part: 2 };
const incomplete: Finding = { kind: 'incomplete_service', service };
const notExtracted: Finding = { kind: 'file_not_extracted', service, state: 'FAILED', count: 1 };
const fileMissing: Finding = { kind: 'file_missing', service, count: 2 };
const countDiffers: Finding = { kind: 'count_differs', service, stated: 3, found: 2 };
const sizeDiffers: Finding = { kind: 'size_differs', service, stated: 30, found: 20 };
const encrypted: Finding = { kind: 'encrypted_member', part: 1, entry: 2 };
const limit: Finding = { kind: 'limit_exceeded', part: 1, limit: 'ARCHIVE_MAX_DEPTH', allowed: 32 };
const moreUnreadable: Finding = { kind: 'more_findings', of: 'unreadable_member', count: 7 };
const damage: Finding[] = [
  { kind: 'parts_missing', stated: 2, found: 1 },
  { kind: 'segment_missing', part: 1, segment: 0 },
  { kind: 'segment_altered', part: 1, segment: 0 },
  { kind: 'length_differs', part: 1, stated: 2, found: 1 },
  { kind: 'checksum_differs', part: 1, checksum: 'md5' },
  { kind: 'overlapping_members', part: 1, entry: 1 },
  { kind: 'header_differs', part: 1, entry: 1 },
];
const every = [
  ...damage,
  encrypted,
  limit,
  moreUnreadable,
  notAZip,
  unreadable,
  manifestMissing,
  manifestUnreadable,
  incomplete,
  notExtracted,
  fileMissing,
  countDiffers,
  sizeDiffers,
];

describe('the verdict on an archive', () => {
  it.each<[string, Finding[], Verdict]>([
    ['nothing was found', [], 'complete'],
    ['a part is no ZIP', [notAZip], 'corrupt'],
    ['a member cannot be read', [unreadable], 'corrupt'],
    ['more members cannot be read than are listed', [moreUnreadable], 'corrupt'],
    ['a member is encrypted', [encrypted], 'unverified'],
    ['a limit kept it from being read (D9)', [limit], 'unverified'],
    ...damage.map((finding): [string, Finding[], Verdict] => [`it is found: ${finding.kind}`, [finding], 'corrupt']),
    ['there is no manifest', [manifestMissing], 'unverified'],
    ['the manifest cannot be read', [manifestUnreadable], 'unverified'],
    ['Google says that a service is incomplete', [incomplete], 'incomplete_at_google'],
    ['Google says that a file failed', [notExtracted], 'incomplete_at_google'],
    ['a listed file is not there', [fileMissing], 'incomplete_at_google'],
    ['only counts and sizes differ', [countDiffers, sizeDiffers], 'complete'],
  ])('when %s', (_when, findings, verdict) => {
    expect(verdictOf(findings)).toBe(verdict);
  });

  it('is the gravest one, in any order of the findings', () => {
    const severity: Verdict[] = ['complete', 'unverified', 'incomplete_at_google', 'corrupt'];
    fc.assert(
      fc.property(fc.shuffledSubarray(every), (findings) => {
        const gravest = Math.max(0, ...findings.map((finding) => severity.indexOf(verdictOf([finding]))));
        expect(verdictOf(findings)).toBe(severity[gravest]);
      }),
    );
  });
});

describe('the state that an export ends in', () => {
  it('is ready only when everything was verified, and failed only when the bytes cannot be read', () => {
    expect(verdicts.map((verdict) => [verdict, exportStateOf(verdict)])).toEqual([
      ['complete', 'ready'],
      ['incomplete_at_google', 'partial'],
      ['unverified', 'partial'],
      ['corrupt', 'failed'],
    ]);
  });
});
