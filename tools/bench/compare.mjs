// Runs ours and a rival in turn, so that a machine whose speed changes affects both.

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Several runs of one measurement; prints their median, least and greatest. */
export async function measure(what, unit, runs, run) {
  const values = [];
  for (let count = 0; count < runs; count += 1) values.push(await run());
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  console.log(`${what}: median ${show(median(values))} ${unit} (${show(least)} to ${show(greatest)}, ${runs} runs)`);
  return median(values);
}

/**
 * `ours` and `rival` return a figure of which more is better. Prints both medians and the median of the ratios pair by
 * pair, above 1 where ours is better.
 */
export async function compare(what, unit, runs, { ours, rival, rivalName }) {
  const pairs = [];
  for (let count = 0; count < runs; count += 1) pairs.push([await ours(), await rival()]);
  const [mine, theirs] = [0, 1].map((side) => median(pairs.map((pair) => pair[side])));
  console.log(`${what}: ours ${show(mine)} ${unit}, ${rivalName} ${show(theirs)} ${unit} (medians of ${runs})`);
  console.log(`ratio: ${median(pairs.map(([our, their]) => our / their)).toFixed(2)}`);
}

const show = (value) => (value >= 100 ? Math.round(value) : value.toPrecision(3));
