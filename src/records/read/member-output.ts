/** The output of a reader: records go to the writer, problems and notices to the findings, with their position. */
import { belowTop } from '../compare/same-structure';
import type { KindName } from '../kinds';
import { fingerprint, NestedTooDeep } from '../store/canonical';
import type { JsonObject } from '../formats/json';
import type { Notice, NoticeKind } from './finding';
import type { ReaderOutput } from './reader';
import type { Origin } from '../store/record-block';
import type { RecordWriter } from '../store/record-writer';
import type { Findings } from '../deliver/summary';
import { Structure } from './schema-drift';
import { timesOfKinds } from './times-of-kinds';

export interface MemberOutput extends ReaderOutput {
  /** Reports drift by a fingerprint that was made elsewhere. */
  driftOf(shape: string): void;
  /** Reports findings that show only once the whole member was read. */
  finish(): void;
}

/**
 * Most findings reported for one file: a file that changes its shape from entry to entry has more than a person reads.
 */
const maxReported = 20;

export interface OutputOptions {
  readonly origin: Origin;
  readonly writer: RecordWriter;
  readonly findings: Findings;
  /** Whether entries are JSON, whose fields may have any type and may be nested. */
  readonly isJson: boolean;
  /** Describes the member as a file. */
  readonly file: JsonObject;
  /** Stores the output collected so far, and throws when reading was stopped. */
  readonly settle: () => Promise<void>;
}

export function createMemberOutput({ origin, writer, findings, isJson, file, settle }: OutputOptions): MemberOutput {
  const { part, entry } = origin;
  const reported = new Set<string>();
  const once = (kind: NoticeKind, shape?: string, more: Partial<Notice> = {}) => {
    const name = `${kind} ${shape ?? ''}`;
    if (reported.has(name) || reported.size >= maxReported) return;
    reported.add(name);
    findings.notice({ kind, part, entry, ...(shape !== undefined && { fingerprint: shape }), ...more });
  };
  const structure = isJson
    ? new Structure({
        wrongType: (index, field, met, expected) =>
          once('wrong_type', belowTop(['type', field, met]), { index, field, met, expected }),
        isNull: (index, field) => findings.problem({ kind: 'missing_field', part, entry, index, field }),
      })
    : undefined;
  /** Whether a time could be read, by kind. */
  const times = new Map<KindName, boolean>();
  /** The last kind of which a time could be read. */
  let timedKind: KindName | undefined;
  return {
    record: (draft) => {
      const { kind, index, occurredAt } = draft;
      const hasOtherTime = structure?.look(draft) === true && occurredAt === undefined;
      if (kind !== timedKind && timesOfKinds[kind] !== undefined && times.get(kind) !== true) {
        times.set(kind, occurredAt !== undefined);
        if (occurredAt !== undefined) timedKind = kind;
      }
      if (draft.hasUnreadTime === true || hasOtherTime) {
        once('time_as_text');
        // Whether it was requested is unknown, so the archive stays.
        if (writer.hasRange) findings.problem({ kind: 'time_unreadable', part, entry, index });
      }
      if (kind === 'activity' && draft.isKeyedByInstant === true) findings.keyedByWords();
      try {
        writer.add(origin, draft);
      } catch (error) {
        if (!(error instanceof NestedTooDeep)) throw error;
        findings.problem({ kind: 'syntax', part, entry, index });
      }
    },
    problem: (kind, place) => findings.problem({ kind, part, entry, ...place }),
    drift: (names) => once('drift', fingerprint(names)),
    file: () => writer.add(origin, { kind: 'file', index: 0, data: file }),
    driftOf: (shape) => once('drift', shape),
    notice: (kind) => once(kind),
    finish: () => {
      for (const [kind, paths] of structure?.unknownKeys() ?? []) once('drift', belowTop([kind, ...paths]));
      for (const [kind, isRead] of times) if (!isRead) once('no_times', belowTop(['no times', kind]));
    },
    settle,
  };
}
