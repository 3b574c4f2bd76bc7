import { createPatience } from '../../src/dev/patience';

describe('Patience', () => {
  it('ends after its limit, where looks follow each other', () => {
    let at = 0;
    const patience = createPatience(60_000, 2_000, () => at);
    for (at = 500; at < 60_000; at += 500) expect(patience.isOver()).toBe(false);
    expect(patience.isOver()).toBe(true);
  });

  it('does not count time in which no check could run', () => {
    let at = 0;
    const patience = createPatience(60_000, 2_000, () => at);
    for (let looks = 1; looks < 30; looks += 1) {
      at += 3_600_000;
      expect(patience.isOver()).toBe(false);
    }
    at += 3_600_000;
    expect(patience.isOver()).toBe(true);
  });
});
