/** Whether a user can renew a grant at Google, and from when (docs/google-api.md §10). */
import type { AccessType, ConsentState, RenewalState } from './states';

export interface Renewable {
  readonly state: ConsentState;
  readonly accessType: AccessType | null;
  readonly createdAt: Date;
  readonly endsAt: Date | null;
}

export interface Renewal {
  readonly state: RenewalState;
  /** The time from which Google lets the user renew; null when it never does. */
  readonly from: Date | null;
}

/**
 * The answer for pages and host apps; Google decides in the end.
 *
 * @param windowMs how long before the end Google's window opens (docs/google-api.md Q13); a grant that is shorter than
 * that can be renewed from its first day
 */
export function renewalOf(consent: Renewable, windowMs: number, now: Date): Renewal {
  const { state, accessType, createdAt, endsAt } = consent;
  if (accessType !== 'time_based' || endsAt === null) return { state: 'not_offered', from: null };
  const from = new Date(Math.max(createdAt.getTime(), endsAt.getTime() - windowMs));
  if (state !== 'active' || endsAt <= now) return { state: 'ended', from };
  return { state: from <= now ? 'possible' : 'not_needed', from };
}
