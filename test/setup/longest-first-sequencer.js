/** Begins with the files that take longest, so that none of them runs alone at the end. */
const Sequencer = require('@jest/test-sequencer').default;

/** The longest tests mostly wait, so that others run in parallel. Jest has no durations before the first run. */
const longest = [
  'defects/silent-peers.long',
  'e2e/slow-lines.long',
  'e2e/random-lives.long',
  'e2e/half-a-year.long',
  'e2e/chaos.long',
  'e2e/time-based',
];

module.exports = class LongestFirstSequencer extends Sequencer {
  sort(tests) {
    const isLongest = ({ path }) => longest.some((name) => path.endsWith(`/test/${name}.test.ts`));
    const sorted = super.sort(tests);
    return [...sorted.filter(isLongest), ...sorted.filter((test) => !isLongest(test))];
  }
};
