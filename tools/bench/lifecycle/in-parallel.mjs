/** The number of requests under way at once, by default. */
const usualAtOnce = 50;

/** Calls for every item, some at once; resolves to the answers in the items' order. */
export async function inParallel(items, call, atOnce = usualAtOnce) {
  const answers = [];
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const index = next++;
      answers[index] = await call(items[index]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}
