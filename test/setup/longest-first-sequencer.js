/** Begins with the files that take longest, so that none of them runs alone at the end. */
const Sequencer = require('@jest/test-sequencer').default;

/** The longest tests, in the order in which they begin. Jest has no durations before the first run. */
const longest = [
  'defects/silent-peers.long',
  'e2e/random-lives.long',
  'e2e/half-a-year.long',
  // Each of its readings frees large buffers, which takes several times as long in a process that has grown.
  'records/mutations.long',
  'e2e/chaos.long',
  'dev/run.long',
  'e2e/crash.long',
  'e2e/life-stories.long',
  'e2e/housekeeping.long',
  'server/contract/generated-requests.long',
  'archive/fetch/kill.long',
  'e2e/slow-lines.long',
  'e2e/time-based',
];

module.exports = class LongestFirstSequencer extends Sequencer {
  sort(tests) {
    const place = ({ path }) => longest.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
    const sorted = super.sort(tests);
    const first = sorted.filter((test) => place(test) !== -1).sort((one, other) => place(one) - place(other));
    return [...first, ...sorted.filter((test) => place(test) === -1)];
  }
};
