/** Verifies parts in memory. */
import { verifyArchive, type VerifiablePart, type VerifyRequest } from '../../src/archive/verify/verify-archive';
import { verdictOf } from '../../src/domain/verdict';
import { archiveLimits, contentOf, type CountedContent } from './content';

export const partOf = (
  bytes: Buffer,
  index: number,
  changes: Partial<VerifiablePart> = {},
  content: CountedContent = contentOf(bytes),
): VerifiablePart => ({
  number: index + 1,
  bytes: bytes.length,
  statedCrc32c: null,
  statedMd5: null,
  sha256: null,
  open: async () => Promise.resolve(content),
  ...changes,
});

/** @returns the findings, the verdict, and the bytes read of the parts and unpacked of their members */
export async function verifyCounted(parts: readonly Buffer[], changes: Partial<VerifyRequest> = {}) {
  const contents = parts.map((part) => contentOf(part));
  const { findings, files, counts } = await verifyArchive({
    parts: parts.map((part, index) => partOf(part, index, {}, contents[index])),
    limits: archiveLimits,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  });
  const bytesRead = contents.reduce((sum, content) => sum + content.bytesRead, 0);
  return { findings, files, verdict: verdictOf(findings), ...counts, bytesRead };
}

/** Verifies parts from the storage. */
export async function verify(parts: readonly Buffer[], changes: Partial<VerifyRequest> = {}) {
  const { findings, files, verdict } = await verifyCounted(parts, changes);
  return { findings, files, verdict };
}
