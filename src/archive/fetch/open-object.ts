/** Asks for an object by its present link, and by a fresh one when that is dead. */
import { PortageError } from '../../domain/error-codes';
import type { Answer, Egress } from '../../network/egress';
import type { FreshLinks } from './fresh-links';
import { readAnswer, type ObjectAnswer } from './object-answer';

export interface OpenedObject {
  readonly answer: Answer;
  readonly object: ObjectAnswer;
}

/** @param range first byte and the byte after the last one; without it, the whole */
export type OpenObject = (range: { start: number; end: number } | undefined) => Promise<OpenedObject>;

/** At most this many new links are requested for one answer. */
const maxReplacements = 2;

/**
 * @param object hash of the object, by which its links are found
 * @param etag the content that is expected, if it is known
 * @returns a function that throws what `Egress.get` and {@link readAnswer} throw
 */
export function createOpenObject(
  { egress, links, signal }: { egress: Egress; links: FreshLinks; signal: AbortSignal },
  object: string,
  etag: string | null,
): OpenObject {
  // A strong ETag only: a weak one does not guarantee equal bytes (RFC 9110 §13.1.5).
  const validator = etag?.startsWith('"') === true ? etag : undefined;
  return async (range) => {
    for (let replacements = 0; ; replacements += 1) {
      const link = links.to(object);
      try {
        const answer = await egress.get(link, { range, validator }, signal);
        return { answer, object: readAnswer(answer, object, range?.start ?? 0) };
      } catch (error) {
        const isDead = error instanceof PortageError && error.code === 'LINK_DEAD';
        if (!isDead || replacements === maxReplacements) throw error;
        await links.replace(object, link);
      }
    }
  };
}
