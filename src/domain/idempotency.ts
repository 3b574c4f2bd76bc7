/**
 * Requests with an idempotency key, whose repeat changes nothing (draft-ietf-httpapi-idempotency-key-header): the
 * rules, in milliseconds.
 */

/** Characters of a key. */
export const longestIdempotencyKey = 255;

/** How long an answer is repeated, counted from the beginning of the request. */
export const answerKeptMs = 24 * 3_600_000;

/**
 * A request without an answer after this time counts as lost with its server, and the next one with the key is carried
 * out. A request takes this long only when several peers hang one after the other (timeouts.ts).
 */
export const runsAtMostMs = 120_000;

/** How long a caller waits before it asks again for the answer of a request that is under way. */
export const askAgainMs = 2_000;

/**
 * The key in a header: a string of structured fields (RFC 8941 §3.3.3) as the draft requires, `"8e03…"`, or the same
 * without quotation marks, as most clients send it.
 *
 * @returns undefined for an invalid key
 */
export function parseIdempotencyKey(header: string): string | undefined {
  const text = header.trim();
  const quoted = /^"((?:[\x20\x21\x23-\x5B\x5D-\x7E]|\\["\\])*)"$/.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1');
  const key = quoted ?? (/^[\x21-\x7E]+$/.test(text) && !text.startsWith('"') ? text : '');
  return key.length >= 1 && key.length <= longestIdempotencyKey ? key : undefined;
}
