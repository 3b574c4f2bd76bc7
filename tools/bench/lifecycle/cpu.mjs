// CPU time by process, so that a report shows where the time was spent. Linux only; elsewhere it reports nothing.
import { readFileSync } from 'node:fs';

/** Linux counts in ticks of 10 ms on every platform that Node runs on. */
const tickMs = 10;

/** Milliseconds of CPU that a process has used so far. */
function cpuMs(pid) {
  try {
    // The second field, the name, may contain spaces; the times are the 14th and 15th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return Number.NaN;
  }
}

/**
 * @param pids process ids by name
 * @returns a function that returns the CPU time of each since then, as text
 */
export function startCpuWatch(pids) {
  const before = Object.entries(pids).map(([name, pid]) => [name, pid, cpuMs(pid)]);
  return (units) =>
    before.map(([name, pid, start]) => `${name} ${((cpuMs(pid) - start) / units).toFixed(1)} ms`).join(', ');
}
