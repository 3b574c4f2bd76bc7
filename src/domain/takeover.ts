/**
 * Which consents of a user stand for the same Google account. Google never says it (docs/google-api.md §1), so it is the
 * host app's word that counts (docs/decisions/several-accounts.md).
 */
import type { TakeoverReason } from './states';

/** What a consent has from its connect session. */
export interface Connection {
  readonly id: string;
  /** Null where the host app gave no hint. */
  readonly accountHintHash: string | null;
  readonly replacesConsentId: string | null;
}

/**
 * Why a newer time-based consent exports the resources that an older one of the same user holds, too.
 *
 * @returns undefined when the two stand beside each other
 */
export function takeoverReason(newer: Connection, older: Connection): TakeoverReason | undefined {
  if (newer.replacesConsentId === older.id) return 'replaces';
  if (newer.accountHintHash !== older.accountHintHash) return undefined;
  return newer.accountHintHash === null ? 'no_account_hint' : 'same_account_hint';
}
