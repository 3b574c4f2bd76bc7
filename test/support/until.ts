/** For state that a test has to poll. */

import { setTimeout as pause } from 'node:timers/promises';

/** Waits until a condition holds; the error names the condition when it never does. */
export async function until<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 300_000,
): Promise<T> {
  const beganAt = Date.now();
  for (;;) {
    const result = await look();
    if (result !== undefined && result !== false) return result;
    const waitedMs = Date.now() - beganAt;
    if (waitedMs > timeoutMs) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    // A look may cost many statements: the longer it took so far, the longer the next pause.
    await pause(Math.min(Math.max(waitedMs / 10, 20), 200));
  }
}
