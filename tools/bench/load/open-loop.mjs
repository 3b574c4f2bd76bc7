// Requests at a fixed rate: each is sent when it is due, however many are still unanswered.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Calls `send` a fixed number of times a second. A duration counts from the time at which the request was due, not from
 * when it was sent: so requests that wait behind a stall, here or at the server, count as slow.
 *
 * @param send takes the number of the request, from 0; an error that it throws is the request's error
 * @returns for each request `ms`, and `error` if it failed, in the order in which they were due
 */
export async function runOpenLoop({ perSecond, seconds, send }) {
  const total = Math.round(perSecond * seconds);
  const startedAt = performance.now();
  const dueAt = (number) => startedAt + (number * 1_000) / perSecond;
  const outcomes = [];
  for (let number = 0; number < total; number += 1) {
    const waitMs = dueAt(number) - performance.now();
    if (waitMs > 0) await pause(waitMs);
    outcomes.push(timed(dueAt(number), () => send(number)));
  }
  return Promise.all(outcomes);
}

async function timed(dueAt, call) {
  let error;
  try {
    await call();
  } catch (thrown) {
    error = thrown;
  }
  return { ms: performance.now() - dueAt, error };
}
