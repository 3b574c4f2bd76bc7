// Durations as a report shows them.

/** The least value that at least `percent` of 100 values do not exceed (nearest rank). */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/** @param values milliseconds */
export function describeDurations(values) {
  const at = [50, 95, 99].map((percent) => `p${percent} ${show(percentile(values, percent))}`);
  return `${at.join(', ')}, greatest ${show(percentile(values, 100))}`;
}

const show = (ms) => (ms >= 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`);

/** How often each message comes, most frequent first; one line for each. */
export function countMessages(messages) {
  const counts = new Map();
  for (const message of messages) counts.set(message, (counts.get(message) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([message, count]) => `  ${count} × ${message}`);
}
