/** Where a reader's findings go: records to the writer, problems and notices to the findings, with their place. */
import { fingerprint, NestedTooDeep } from '../store/canonical';
import type { JsonObject } from '../formats/json';
import type { NoticeKind } from './finding';
import type { ReaderOutput } from './reader';
import type { Origin } from '../store/record-block';
import type { RecordWriter } from '../store/record-writer';
import type { Findings } from '../deliver/summary';

export interface MemberOutput extends ReaderOutput {
  /** Tells drift by a fingerprint that was made elsewhere. */
  driftOf(shape: string): void;
}

/**
 * @param file describes the member as a file
 * @param settle stores what has come together, and throws when reading was called off
 */
export function createMemberOutput(
  origin: Origin,
  writer: RecordWriter,
  findings: Findings,
  file: JsonObject,
  settle: () => Promise<void>,
): MemberOutput {
  const { part, entry } = origin;
  const told = new Set<string>();
  const once = (kind: NoticeKind, shape?: string) => {
    const name = `${kind} ${shape ?? ''}`;
    // A file that changes its shape from entry to entry is told as far as a person would read.
    if (told.has(name) || told.size >= 20) return;
    told.add(name);
    findings.notice({ kind, part, entry, ...(shape !== undefined && { fingerprint: shape }) });
  };
  return {
    record: (draft) => {
      if (draft.hasUnreadTime === true) {
        once('time_as_text');
        // Whether it was asked for cannot be told, so the archive stays.
        if (writer.hasRange) findings.problem({ kind: 'time_unreadable', part, entry, index: draft.index });
      }
      try {
        writer.add(origin, draft);
      } catch (error) {
        if (!(error instanceof NestedTooDeep)) throw error;
        findings.problem({ kind: 'syntax', part, entry, index: draft.index });
      }
    },
    problem: (kind, place) => findings.problem({ kind, part, entry, ...place }),
    drift: (names) => once('drift', fingerprint(names)),
    file: () => writer.add(origin, { kind: 'file', index: 0, data: file }),
    driftOf: (shape) => once('drift', shape),
    notice: (kind) => once(kind),
    settle,
  };
}
