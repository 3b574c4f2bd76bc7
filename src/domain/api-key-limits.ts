/** How many API keys a host app may make with the API, and the bounds of each. */

/** Keys that have neither expired nor been revoked. An operator's keys count, but an operator can always make one more. */
export const apiKeysPerHostApp = 100;

/** The newest keys that have ended, of which a host app keeps at least this many in its list. */
export const endedKeysKept = 1_000;

/** Characters of a name. */
export const longestApiKeyName = 100;

/** A name is printed in a terminal: it has no characters that a terminal does not show. */
export const apiKeyName = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;

/** The lifetime of a key that expires, at most: ten years of 365 days. */
export const longestLifetimeSeconds = 10 * 365 * 24 * 3_600;

/** How long a replaced key works together with its successor, at most: 7 days. */
export const longestKeyOverlapSeconds = 7 * 24 * 3_600;
