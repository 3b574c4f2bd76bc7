/** Exchanges an authorization code, with repeats when no answer comes (docs/lost-answers.md). */
import { PortageError } from '../domain/error-codes';
import type { Grant, OAuth } from '../google/oauth';

/** Limits on repeats of the exchange: their number and their time, because a person waits for the page. */
const tries = 3;
const triesWithinMs = 40_000;

/**
 * When the first request did not arrive, a repeat gets the grant. When it did arrive, Google refuses the repeat,
 * because a code can be exchanged once, and may revoke the tokens that it issued (RFC 6749 §4.1.2).
 *
 * @throws PortageError `GRANT_UNKNOWN` when Google may have given a grant whose answer was lost, else the errors of
 * {@link OAuth.exchangeCode}
 */
export async function exchangeCode(oauth: OAuth, code: string, codeVerifier: string): Promise<Grant> {
  const startedAt = Date.now();
  let isUnanswered = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await oauth.exchangeCode(code, codeVerifier);
    } catch (error) {
      if (!(error instanceof PortageError)) throw error;
      const mayHaveArrived = error.code === 'GOOGLE_UNAVAILABLE' || error.code === 'GOOGLE_UNEXPECTED';
      isUnanswered ||= mayHaveArrived;
      const isLast = attempt === tries || Date.now() - startedAt > triesWithinMs;
      if (mayHaveArrived && !isLast) continue;
      if (isUnanswered) throw new PortageError('GRANT_UNKNOWN', { detail: error.code, cause: error });
      throw error;
    }
  }
}
