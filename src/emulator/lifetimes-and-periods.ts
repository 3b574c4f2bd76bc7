/** Google's periods and lifetimes (docs/google-api.md §7), in milliseconds of the emulator's clock. */

const realDay = 86_400_000;

export interface Periods {
  dayMs: number;
  /** One time-based export per day and resource, counted from the last start (§6, §7). */
  exportLock: number;
  /** The first start must come this soon after the consent (§7). */
  startWindow: number;
  linkLife: number;
  dataLife: number;
  automaticReset: number;
  renewalWindow: number;
  longRenewalWindow: number;
  testingGrant: number;
  unusedRefreshToken: number;
  accessToken: number;
  authorizationCode: number;
  /** Length of a consent of that many days. */
  days(count: number): number;
}

/**
 * Periods for a day of `dayMs` milliseconds. A shorter day shrinks everything Google counts in hours and days; what
 * OAuth counts in minutes (access token, authorisation code) keeps its length, because client libraries expect it.
 */
export function createPeriods(dayMs: number = realDay): Periods {
  const days = (count: number) => count * dayMs;
  return {
    dayMs,
    exportLock: days(1),
    startWindow: days(1),
    linkLife: dayMs / 4,
    dataLife: days(14),
    automaticReset: days(14),
    renewalWindow: days(90),
    longRenewalWindow: days(180),
    testingGrant: days(7),
    unusedRefreshToken: days(182),
    accessToken: 3_600_000,
    authorizationCode: 600_000,
    days,
  };
}
