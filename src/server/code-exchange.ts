/** Exchanges an authorization code, once, whatever became of the answer (docs/recovery.md). */
import { PortageError } from '../domain/errors';
import type { Grant, OAuth } from '../google/oauth';

/** A code is sent again so often, and no longer than this, since a person waits for the page. */
const tries = 3;
const triesWithinMs = 40_000;

/**
 * A repeat brings the grant where the first request did not arrive. Where it did, Google refuses the repeat, since a code
 * is good for one exchange, and may take back what it gave for it (RFC 6749 §4.1.2).
 *
 * @throws PortageError `GRANT_UNKNOWN` when Google may have given a grant whose answer was lost, else as
 * {@link OAuth.exchangeCode} says
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
