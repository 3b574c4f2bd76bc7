/** Bounds how many steps of one kind run in this process at once, such as those that hold a connection meanwhile. */

/** @returns a function that runs a step as soon as fewer than `atOnce` others run, in the order in which they came */
export function createSemaphore(atOnce: number): <T>(step: () => Promise<T>) => Promise<T> {
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
