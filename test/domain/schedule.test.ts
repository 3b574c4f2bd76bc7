// When the exports of a loop start; whose turn it is at a lock that several wait for (docs/known-defects.md D39).
import fc from 'fast-check';

import { nextExports, overdueSince } from '../../src/domain/overdue-exports';
import type { Policy } from '../../src/domain/policy';
import {
  fitsBeforeEnd,
  freeAtMs,
  headStartMs,
  isRefusedPermanently,
  nextStartMs,
  withMargin,
  type StoredStart,
} from '../../src/domain/schedule';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const policy: Policy = {
  startWithinMs: 24 * hour,
  finishWithinMs: 180 * hour,
  storeWithinMs: 336 * hour,
  pollEveryMs: { min: 5 * minute, max: 60 * minute },
  retryAfterMs: { first: 5_000, longest: 10 * minute },
  exportEveryMs: 24 * hour,
  exportMarginMs: 30_000,
  windowOverlapMs: 72 * hour,
  lastExportBeforeEndMs: 12 * hour,
  remindBeforeEndMs: [30, 14, 7, 1].map((days) => days * 24 * hour),
  continueAfterMs: 168 * hour,
  splitAfterMs: 720 * hour,
};

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** The first start was asked for at noon. */
const noon = Date.UTC(2026, 5, 1, 12);
const at = (hours: number) => new Date(noon + hours * hour);
const fresh: StoredStart = {
  errorCode: null,
  archiveJobId: null,
  lockedUntil: null,
  initiatedAt: null,
  endedAt: null,
};
const started = { ...fresh, archiveJobId: 'job', initiatedAt: at(0) };

/** The newest export of a loop, and how many hours after noon the next start may be. */
const table: [string, StoredStart, number | undefined][] = [
  ['was asked for, and is not answered', fresh, undefined],
  ['waits for a lock', { ...fresh, lockedUntil: at(7) }, 7],
  ['is at Google', started, undefined],
  ['is at Google, after a lock', { ...started, lockedUntil: at(-1) }, undefined],
  ['was started, and ended an hour later', { ...started, endedAt: at(1) }, 24],
  ['was started, and failed', { ...started, endedAt: at(2), errorCode: 'ARCHIVE_FAILED' }, 24],
  ['was started, after a lock', { ...started, lockedUntil: at(-1), endedAt: at(1) }, 24],
  ['was started, and took three days', { ...started, endedAt: at(72) }, 72],
  ['was refused', { ...fresh, endedAt: at(0.5), errorCode: 'GOOGLE_REFUSED' }, 24.5],
  ['could not be started', { ...fresh, endedAt: at(0.5), errorCode: 'UNEXPECTED' }, 24.5],
  [
    'could not be started while it was locked',
    { ...fresh, lockedUntil: at(30), endedAt: at(1), errorCode: 'UNEXPECTED' },
    30,
  ],
  ['was stopped before it was started', { ...fresh, endedAt: at(0.5), errorCode: 'EXPORT_STOPPED' }, 0.5],
  ['could not be started in a day', { ...fresh, endedAt: at(24), errorCode: 'START_OVERDUE' }, 24],
  [
    'could not be started in a day of locks',
    { ...fresh, lockedUntil: at(26), endedAt: at(24), errorCode: 'START_OVERDUE' },
    26,
  ],
];

describe('the next start of a loop', () => {
  it.each(table)('after an export that %s', (_what, newest, hours) => {
    const nextMs = nextStartMs(policy, newest);
    expect(nextMs === undefined ? undefined : (nextMs - noon) / hour).toBe(hours);
  });

  it.each(table.filter(([, { errorCode }]) => errorCode !== 'GOOGLE_REFUSED'))(
    'is what the housekeeping expects: after an export that %s',
    (_what, newest, hours) => {
      const consent = {
        state: 'active',
        accessType: 'time_based',
        grantedResources: ['chrome.history'],
        supersededResources: [],
        createdAt: at(-1),
        endsAt: null,
        pausedAt: null,
      } as const;
      const row = { ...newest, resources: ['chrome.history'], accessType: 'time_based', requestedAt: at(0) } as const;
      const dueAt = hours === undefined ? [] : [{ resource: 'chrome.history', dueAt: at(hours) }];
      expect(nextExports(policy, consent, [row])).toEqual(dueAt);
      expect(overdueSince(policy, consent, [row], at((hours ?? 0) + 24.1))).toEqual(dueAt);
      expect(overdueSince(policy, consent, [row], at((hours ?? 0) + 23.9))).toEqual([]);
    },
  );

  it('is the latest of the times at which Google may refuse it', () => {
    const none = { startedAtMs: null, lockedUntilMs: null, refusedAtMs: null };
    expect(freeAtMs(policy, none)).toBe(0);
    expect(freeAtMs(policy, { ...none, startedAtMs: noon, lockedUntilMs: noon + 25 * hour })).toBe(noon + 25 * hour);
    expect(freeAtMs(policy, { startedAtMs: noon, lockedUntilMs: noon, refusedAtMs: noon + hour })).toBe(
      noon + 25 * hour,
    );
  });

  it('has a margin of once to twice the policy’s, but not where it is at once', () => {
    expect(withMargin(policy, 0, 0.5)).toBe(0);
    expect([0, 0.5, 0.999_999].map((spread) => withMargin(policy, noon, spread) - noon)).toEqual([
      30_000, 45_000, 60_000,
    ]);
  });

  it('never comes after a permanent refusal, which only a start can get', () => {
    expect(isRefusedPermanently('SCOPE_MISSING', false)).toBe(true);
    expect(isRefusedPermanently('GOOGLE_REFUSED', false)).toBe(true);
    expect(isRefusedPermanently('GOOGLE_REFUSED', true)).toBe(false);
    expect(isRefusedPermanently('START_OVERDUE', false)).toBe(false);
    expect(isRefusedPermanently(null, false)).toBe(false);
  });

  it('fits before the end of the grant where twice the longest export so far does, half a day at least', () => {
    const ends = noon + 30 * day;
    expect(fitsBeforeEnd(policy, ends - 12 * hour, ends, 0)).toBe(true);
    expect(fitsBeforeEnd(policy, ends - 12 * hour + 1, ends, 0)).toBe(false);
    expect(fitsBeforeEnd(policy, ends - 12 * hour, ends, 7 * hour)).toBe(false);
    expect(fitsBeforeEnd(policy, ends - 14 * hour, ends, 7 * hour)).toBe(true);
    expect(fitsBeforeEnd(policy, ends, null, 7 * hour)).toBe(true);
  });
});

describe('the next start after a lock that several wait for', () => {
  const until = Date.UTC(2026, 5, 1);
  const start = (lostTurns: number, spread: number) =>
    withMargin(policy, until - headStartMs(policy, lostTurns, spread), spread);

  it('is that of the consent that has lost more turns, for every spread, and never at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), random, random, (turns, one, other) => {
        expect(start(turns + 1, one)).toBeLessThanOrEqual(start(turns, other) + 1);
        expect(start(turns, one) - until).toBeGreaterThanOrEqual(policy.exportMarginMs / 4);
      }),
    );
  });

  it('gives each of several loops its turn', () => {
    const loops = [0.05, 0.1, 0.5, 0.51, 0.98].map((spread) => ({ spread, lost: 1, served: 0 }));
    for (let turn = 0; turn < 50; turn += 1) {
      const [first, ...others] = loops.toSorted((a, b) => start(a.lost, a.spread) - start(b.lost, b.spread));
      if (first !== undefined) Object.assign(first, { lost: 0, served: first.served + 1 });
      for (const loop of others) loop.lost += 1;
    }
    expect(loops.map(({ served }) => served)).toEqual([10, 10, 10, 10, 10]);
  });
});
