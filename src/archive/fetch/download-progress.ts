/** How far a download is: counted in memory, written to the database seldom enough to cost nothing. */
import type { Part, Progress } from '../../database/parts';

export interface DownloadProgress {
  /** The facts about a part before its download: its length, and which bytes are stored already. */
  part(part: Pick<Part, 'number' | 'bytes' | 'segmentBytes'>, stored: { bytes: number; segments: number }): void;
  /** One more segment is stored. */
  stored(partNumber: number, bytes: number): void;
  /** Writes the last state. */
  flush(): Promise<void>;
}

interface PartProgress {
  bytes: number | null;
  segments: number | null;
  bytesStored: number;
  segmentsStored: number;
}

/** Between two writes. */
const writeEveryMs = 3_000;

/**
 * @param partsTotal how many parts the archive has; as long as one is unknown, so are the totals
 * @param write stores the state; its errors are ignored, since a page that lags behind harms no download
 * @param now milliseconds of a clock that only goes forward
 */
export function createDownloadProgress(
  partsTotal: number,
  write: (progress: Progress) => Promise<void>,
  now: () => number = () => performance.now(),
): DownloadProgress {
  const parts = new Map<number, PartProgress>();
  let writtenAt = now();
  let bytesAtWrite = 0;
  let came = 0;
  let bytesPerSecond = 0;
  let writing = Promise.resolve();

  const sum = (values: (number | null)[]): number | null =>
    values.length < partsTotal || values.includes(null) ? null : values.reduce<number>((a, b) => a + (b ?? 0), 0);
  const save = () => {
    const seconds = (now() - writtenAt) / 1_000;
    if (seconds > 0) bytesPerSecond = Math.round((came - bytesAtWrite) / seconds);
    writtenAt = now();
    bytesAtWrite = came;
    const all = [...parts.values()];
    const state = {
      bytesTotal: sum(all.map(({ bytes }) => bytes)),
      bytesStored: all.reduce((total, { bytesStored }) => total + bytesStored, 0),
      segmentsTotal: sum(all.map(({ segments }) => segments)),
      segmentsStored: all.reduce((total, { segmentsStored }) => total + segmentsStored, 0),
      bytesPerSecond,
    };
    writing = writing.then(() => write(state)).catch(() => undefined);
  };

  return {
    part({ number, bytes, segmentBytes }, stored) {
      const segments = bytes === null || segmentBytes === null ? null : Math.ceil(bytes / segmentBytes);
      parts.set(number, { bytes, segments, bytesStored: stored.bytes, segmentsStored: stored.segments });
    },
    stored(partNumber, bytes) {
      const part = parts.get(partNumber);
      if (part !== undefined) {
        part.bytesStored += bytes;
        part.segmentsStored += 1;
      }
      came += bytes;
      if (now() - writtenAt >= writeEveryMs) save();
    },
    async flush() {
      save();
      await writing;
    },
  };
}
