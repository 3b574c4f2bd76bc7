/**
 * Which consents of a user are of the same Google account. Google never states the account (docs/google-api.md §1), so
 * the host app's information counts (docs/decisions/several-accounts.md).
 */
import type { TakeoverReason } from './states';

/** The facts that a consent has from its connect session. */
export interface Connection {
  readonly id: string;
  /** Null when the host app gave no hint. */
  readonly accountHintHash: string | null;
  readonly replacesConsentId: string | null;
}

/**
 * Why a newer time-based consent also exports the resources of an older one of the same user.
 *
 * @returns undefined when both keep their resources
 */
export function takeoverReason(newer: Connection, older: Connection): TakeoverReason | undefined {
  if (newer.replacesConsentId === older.id) return 'replaces';
  if (newer.accountHintHash !== older.accountHintHash) return undefined;
  return newer.accountHintHash === null ? 'no_account_hint' : 'same_account_hint';
}
