/** Days on the emulator's clock: real days up to its first start, days of the configured length from then on. */

const realDay = 86_400_000;

export interface Calendar {
  /** Number of the day that contains an instant. */
  dayOf(at: number): number;
  /** First instant of a day, in milliseconds since 1970. */
  startOf(day: number): number;
}

/**
 * @param createdAt first start of the emulator, in milliseconds
 * @param dayMs length of a day after it; with real days every day starts at midnight UTC
 */
export function createCalendar(createdAt: number, dayMs: number): Calendar {
  if (dayMs === realDay) return { dayOf: (at) => Math.floor(at / realDay), startOf: (day) => day * realDay };
  const anchor = Math.floor(createdAt / realDay);
  return {
    dayOf: (at) => (at < createdAt ? Math.floor(at / realDay) : anchor + 1 + Math.floor((at - createdAt) / dayMs)),
    startOf: (day) => (day <= anchor ? day * realDay : createdAt + (day - anchor - 1) * dayMs),
  };
}
