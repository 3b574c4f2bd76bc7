/** Turns within one process: one at a time for each key, or so many at once. */

/** @returns a function that runs a step once every earlier step of the same key has ended, whatever became of it */
export function createTurns(): <T>(key: string, step: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, step) => {
    const before = last.get(key) ?? Promise.resolve();
    const own = before.catch(() => undefined).then(step);
    last.set(key, own);
    try {
      return await own;
    } finally {
      if (last.get(key) === own) last.delete(key);
    }
  };
}

/** @returns a function that runs a step as soon as fewer than `atOnce` others run, in the order in which they came */
export function createSlots(atOnce: number): <T>(step: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (step) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await step();
    } finally {
      const next = waiting.shift();
      // The slot is handed on, so that nobody who comes now can take it.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
