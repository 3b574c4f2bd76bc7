/** Findings in words: for the person whose data it is, and for the operator. */
import type { Finding } from './verdict';

type Words = { readonly [Kind in Finding['kind']]: (finding: Extract<Finding, { readonly kind: Kind }>) => string };

const words: Words = {
  // The stored bytes
  parts_missing: ({ found, stated }) =>
    `Only ${found} of ${count(stated, 'part')} ${found === 1 ? 'is' : 'are'} stored.`,
  segment_missing: ({ part, segment }) => `Part ${part}: segment ${segment} is not in the storage.`,
  segment_altered: ({ part, segment }) => `Part ${part}: segment ${segment} was changed in the storage.`,
  // A part
  length_differs: ({ part, found, stated }) => `Part ${part} has ${count(found, 'byte')}; Google stated ${stated}.`,
  checksum_differs: ({ part, checksum }) =>
    checksum === 'sha256'
      ? `Part ${part} has changed since the earlier verification (SHA-256).`
      : `Part ${part} does not match Google’s checksum (${checksum === 'md5' ? 'MD5' : 'CRC32C'}).`,
  not_a_zip: ({ part }) => `Part ${part} cannot be opened: it is not a complete ZIP file.`,
  overlapping_members: ({ part, entry }) =>
    `Part ${part} was not opened: file ${entry} claims bytes that belong to something else.`,
  header_differs: ({ part, entry }) => `Part ${part}: file ${entry} is described differently in two places.`,
  unreadable_member: ({ part, entry }) => `Part ${part}: file ${entry} is damaged.`,
  encrypted_member: ({ part, entry }) => `Part ${part}: file ${entry} is encrypted, so it was not checked.`,
  unsupported_member: ({ part, entry, method }) =>
    `Part ${part}: file ${entry} is compressed with method ${method}, which Portage cannot read.`,
  limit_exceeded: ({ part, limit, allowed }) =>
    `Part ${part} was not checked to its end: it exceeds a limit of this server, ${limit} (${allowed}).`,
  // The archive against Google's manifest
  manifest_missing: () => 'Google sent no list with which the files could be compared.',
  manifest_unreadable: ({ part }) => `Google’s list of files in part ${part} cannot be read.`,
  incomplete_service: ({ service }) => `${service}: Google states that it left something out.`,
  file_not_extracted: ({ service, count: files, state }) =>
    `${service}: Google could not include ${count(files, 'file')} (${state || 'no state'}).`,
  file_missing: ({ service, count: files }) =>
    `${service}: ${count(files, 'file')} of Google’s list ${files === 1 ? 'is' : 'are'} missing.`,
  name_differs: ({ service, count: files }) =>
    `${service}: ${count(files, 'file')} of Google’s list ${files === 1 ? 'has' : 'have'} another name; number and size of all files agree.`,
  count_differs: ({ service, stated, found }) =>
    `${service}: Google stated ${count(stated, 'file')}, and ${found} arrived.`,
  size_differs: ({ service, stated, found }) =>
    `${service}: Google stated ${count(stated, 'byte')}, and ${found} arrived.`,
  more_findings: ({ count: more }) => `And ${more} more of this kind.`,
};

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/**
 * One sentence without names of members, which are the user's own words. For a kind of a later release, stored by its
 * worker during an update, the kind itself is returned.
 */
export function findingWords(finding: Finding): string {
  const wordsOfKind = words[finding.kind] as ((finding: Finding) => string) | undefined;
  return wordsOfKind?.(finding) ?? finding.kind;
}
