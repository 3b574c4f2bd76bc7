// How long Portage waits for an unfinished archive (docs/known-defects.md D23).
import fc from 'fast-check';

import { pollDelayMs, triesWithin, type Policy } from '../../src/domain/policy';

const minute = 60_000;
const hour = 60 * minute;

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

const policyWith = (min: number, max: number): Policy => ({ ...policy, pollEveryMs: { min, max } });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the pause before the next poll', () => {
  it('grows with the age of the job, from the shortest to the longest', () => {
    const pauses = [0, 30 * minute, 80 * minute, 4 * hour, 9 * hour, 160 * hour].map((age) =>
      pollDelayMs(policy, age, 0.5),
    );
    expect(pauses).toEqual([5 * minute, 5 * minute, 10 * minute, 30 * minute, 60 * minute, 60 * minute]);
  });

  it('is a tenth shorter or longer by chance, so that jobs started together do not ask together', () => {
    expect(pollDelayMs(policy, 0, 0)).toBe(4.5 * minute);
    expect(pollDelayMs(policy, 0, 0.999_999_999)).toBe(5.5 * minute);
    const pauses = new Set([0.1, 0.3, 0.5, 0.7, 0.9].map((chance) => pollDelayMs(policy, hour, chance)));
    expect(pauses.size).toBe(5);
  });

  it('stays within its bounds, is never shorter for an older job, and never 0, for any policy', () => {
    const pause = fc.integer({ min: 1, max: 7 * 24 * hour });
    const age = fc.integer({ min: 0, max: 14 * 24 * hour });
    fc.assert(
      fc.property(pause, pause, age, age, random, (one, other, someAge, otherAge, chance) => {
        const [min, max] = [Math.min(one, other), Math.max(one, other)];
        const [younger, older] = [Math.min(someAge, otherAge), Math.max(someAge, otherAge)];
        const delay = pollDelayMs(policyWith(min, max), younger, chance);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(Math.max(1_000, Math.floor(0.9 * min)));
        expect(delay).toBeLessThanOrEqual(Math.max(1_000, Math.ceil(1.1 * max)));
        expect(pollDelayMs(policyWith(min, max), older, chance)).toBeGreaterThanOrEqual(delay);
      }),
    );
  });

  it('is a second at least, since Temporal takes 0 for "no more retries"', () => {
    expect(pollDelayMs(policyWith(1, 1), 0, 0)).toBe(1_000);
  });

  it('does not grow short when the clock went backwards', () => {
    expect(pollDelayMs(policy, -3 * hour, 0.5)).toBe(5 * minute);
  });

  it('keeps a job of three days to fewer than a hundred questions', () => {
    let age = 0;
    let questions = 0;
    while (age < 72 * hour) {
      age += pollDelayMs(policy, age, 0.5);
      questions += 1;
    }
    expect(questions).toBeLessThan(100);
  });
});

describe('the tries within a time', () => {
  const triesOf = (first: number, longest: number, withinMs: number) =>
    triesWithin({ ...policy, retryAfterMs: { first, longest } }, withinMs);

  it('are as many as pauses fit into it, and one more', () => {
    expect([0, 99, 100, 299, 300, 699, 700].map((withinMs) => triesOf(100, 400, withinMs))).toEqual([
      1, 1, 2, 2, 3, 3, 4,
    ]);
    expect([1_099, 1_100, 1_500].map((withinMs) => triesOf(100, 400, withinMs))).toEqual([4, 5, 6]);
  });

  it('are about one every ten minutes of a day, as Portage is set up', () => {
    expect(triesOf(5_000, 600_000, 86_400_000)).toBe(150);
  });
});
