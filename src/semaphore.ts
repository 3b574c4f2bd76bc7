/** Limits how many steps of one kind run in this process at once, such as those that hold a connection. */

/** @returns a function that runs a step when fewer than `atOnce` others run, in the order of the calls */
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
      // The slot passes to the next step directly, so that a new call cannot take it.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
