/** Random values from a seed: the same labels give the same sequence, on every machine. */
import { createHash } from 'node:crypto';

export interface Chance {
  /** Below one. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  /** True with that probability. */
  happens(probability: number): boolean;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** Letters as in the ids of videos and channels. */
  letters(count: number): string;
  shuffled<T>(items: readonly T[]): T[];
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function chance(...labels: (string | number)[]): Chance {
  const seed = createHash('sha256').update(labels.join('\n')).digest();
  // sfc32, a small generator that passes the usual tests of randomness.
  let [a, b, c, counter] = [0, 4, 8, 12].map((offset) => seed.readUInt32LE(offset)) as [number, number, number, number];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick: (from) => from[between(0, from.length - 1)] as (typeof from)[number],
    happens: (probability) => next() < probability,
    hex: (digits) => Array.from({ length: digits }, () => between(0, 15).toString(16)).join(''),
    letters: (count) => Array.from({ length: count }, () => alphabet[between(0, 63)]).join(''),
    shuffled: (items) => {
      const order = [...items];
      for (let last = order.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [order[last], order[other]] = [order[other] as never, order[last] as never];
      }
      return order;
    },
  };
}
