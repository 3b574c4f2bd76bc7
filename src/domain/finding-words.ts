/** Findings in words: for the person whose data it is, and for the operator. */
import type { Finding } from './verdict';

/** One sentence without names of members, which are the user's own words. */
export function findingWords(finding: Finding): string {
  switch (finding.kind) {
    case 'parts_missing':
      return `Only ${finding.found} of ${count(finding.stated, 'part')} ${finding.found === 1 ? 'is' : 'are'} stored.`;
    case 'segment_missing':
      return `Part ${finding.part}: segment ${finding.segment} is not in the storage.`;
    case 'segment_altered':
      return `Part ${finding.part}: segment ${finding.segment} was changed in the storage.`;
    case 'length_differs':
      return `Part ${finding.part} has ${count(finding.found, 'byte')}; Google stated ${finding.stated}.`;
    case 'checksum_differs':
      return finding.checksum === 'sha256'
        ? `Part ${finding.part} is not what it was when it was verified before (SHA-256).`
        : `Part ${finding.part} does not match Google’s checksum (${finding.checksum === 'md5' ? 'MD5' : 'CRC32C'}).`;
    case 'not_a_zip':
      return `Part ${finding.part} cannot be opened: it is not a whole ZIP file.`;
    case 'overlapping_members':
      return `Part ${finding.part} was not opened: file ${finding.entry} claims bytes that belong to something else.`;
    case 'header_differs':
      return `Part ${finding.part}: file ${finding.entry} is described differently in two places.`;
    case 'unreadable_member':
      return `Part ${finding.part}: file ${finding.entry} is damaged.`;
    case 'encrypted_member':
      return `Part ${finding.part}: file ${finding.entry} is encrypted, so it was not checked.`;
    case 'unsupported_member':
      return `Part ${finding.part}: file ${finding.entry} is packed by method ${finding.method}, which is not read here.`;
    case 'limit_exceeded':
      return `Part ${finding.part} was not checked to its end: it goes beyond a limit of this server, ${finding.limit} (${finding.allowed}).`;
    case 'manifest_missing':
      return 'Google sent no list to check the files against.';
    case 'manifest_unreadable':
      return `Google’s list of files in part ${finding.part} cannot be read.`;
    case 'incomplete_service':
      return `${finding.service}: Google says that it left something out.`;
    case 'file_not_extracted':
      return `${finding.service}: Google could not include ${count(finding.count, 'file')} (${finding.state || 'no state'}).`;
    case 'file_missing':
      return `${finding.service}: ${count(finding.count, 'file')} of Google’s list ${finding.count === 1 ? 'is' : 'are'} not there.`;
    case 'name_differs':
      return `${finding.service}: ${count(finding.count, 'file')} of Google’s list ${finding.count === 1 ? 'has' : 'have'} another name; number and size of all files agree.`;
    case 'count_differs':
      return `${finding.service}: Google stated ${count(finding.stated, 'file')}, ${finding.found} came.`;
    case 'size_differs':
      return `${finding.service}: Google stated ${count(finding.stated, 'byte')}, ${finding.found} came.`;
    case 'more_findings':
      return `And ${finding.count} more of this kind.`;
  }
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
