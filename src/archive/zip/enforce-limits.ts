/**
 * Counts what an archive actually uses against its limits while it is read, since the claims of headers are no bound.
 */
import { limitVariables, type ArchiveLimits, type LimitVariable } from '../../domain/archive-limits';

/** The archive exceeds a limit; nothing more of the part is read. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded';
  readonly limit: LimitVariable;

  constructor(
    limit: keyof ArchiveLimits,
    readonly allowed: number,
  ) {
    super(`more than ${limitVariables[limit]} (${allowed})`);
    this.limit = limitVariables[limit];
  }
}

export type Tally = ReturnType<typeof createTally>;

/** A member may unpack to this much whatever its ratio: short files of one repeated letter are no attack. */
const ratioFreeBytes = 1024 * 1024;

/** @returns counters for one export; each throws {@link LimitExceeded} when its limit is passed */
export function createTally(limits: ArchiveLimits) {
  let entries = 0;
  let claimedBytes = 0;
  let unpackedBytes = 0;
  let manifestBytes = 0;

  const hold = (limit: keyof ArchiveLimits, value: number) => {
    if (value > limits[limit]) throw new LimitExceeded(limit, limits[limit]);
  };

  return {
    /** The number of entries that a directory states before the first of them is read. */
    announce(count: number): void {
      hold('entries', entries + count);
    },

    /** One entry of a directory, with its claims. */
    entry(entry: { nameBytes: number; depth: number; bytes: number }): void {
      hold('entries', (entries += 1));
      hold('nameBytes', entry.nameBytes);
      hold('depth', entry.depth);
      hold('memberBytes', entry.bytes);
      hold('totalBytes', (claimedBytes += entry.bytes));
    },

    /** Counters for the bytes of one member as it is unpacked. */
    member() {
      let packed = 0;
      let unpacked = 0;
      return {
        packed(bytes: number): void {
          packed += bytes;
        },
        unpacked(bytes: number): void {
          hold('memberBytes', (unpacked += bytes));
          hold('totalBytes', (unpackedBytes += bytes));
          if (unpacked > ratioFreeBytes) hold('ratio', unpacked / Math.max(1, packed));
        },
      };
    },

    manifest(bytes: number): void {
      hold('manifestBytes', (manifestBytes += bytes));
    },

    /** Entries seen and bytes unpacked so far. */
    get counts(): { entries: number; unpackedBytes: number } {
      return { entries, unpackedBytes };
    },
  };
}
