/** The central directory of a ZIP part, entry by entry, compared with its own end record. */
import { isUtf8 } from 'node:buffer';
import { setImmediate as breathe } from 'node:timers/promises';

import yauzl from 'yauzl';

import { readRange, type RandomAccess } from '../store/random-access';
import type { Tally } from './enforce-limits';

/** One entry, as the directory states it; its local header and its bytes may state something else. */
export interface DirectoryEntry {
  /** From 1, in the directory's order: the name of a member in findings and addresses. */
  readonly number: number;
  /** In NFC. The user's own text: compared and reported, never used as a path of Portage. */
  readonly name: string;
  readonly rawName: Buffer;
  readonly headerAt: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly crc32: number;
  /** 0 is stored, 8 is deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Sizes and checksum are in a descriptor behind the data. */
  readonly streamed: boolean;
}

/** The part is no ZIP, or its directory and end record contradict each other. */
export class DirectoryBroken extends Error {
  override readonly name = 'DirectoryBroken';
}

const endRecordBytes = 22;
const zip64LocatorBytes = 20;
const zip64RecordBytes = 56;
const entryHeaderBytes = 46;
/** Entries that are read from one window without a pause for the rest of the process. */
const entriesAtOnce = 500;

/**
 * Reads the directory through a window, so that memory does not grow with it.
 *
 * @param tally counts entries and their claims; throws when a limit is passed
 * @returns where the directory starts, once every entry was taken
 * @throws DirectoryBroken, and what reading `content` throws
 */
export async function* readDirectory(
  content: RandomAccess,
  tally: Tally,
): AsyncGenerator<DirectoryEntry, { startsAt: number }> {
  const reader = new WindowReader(content);
  const zip = await orBroken(
    reader,
    // Names are only compared, never used as paths, so a strange one is no reason to refuse an archive: they are
    // decoded below, without yauzl's checks. Sizes are checked where bytes are read.
    yauzl.fromRandomAccessReaderPromise(reader, content.bytes, { decodeStrings: false, validateEntrySizes: false }),
  );
  // Without decodeStrings the comment is a buffer.
  const endAt = content.bytes - endRecordBytes - (zip.comment as unknown as Buffer).length;
  const stated = await statedPlace(content, endAt);
  tally.announce(zip.entryCount);

  const entries = zip.eachEntry();
  let length = 0;
  for (let number = 1; ; number += 1) {
    if (number % entriesAtOnce === 0) await breathe();
    const next = await orBroken(reader, entries.next());
    if (next.done === true) break;
    const entry = next.value;
    length += entryHeaderBytes + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    const name = nameOf(entry);
    const depth = name.split('/').length - 1;
    tally.entry({ nameBytes: entry.fileNameLength, depth, bytes: entry.uncompressedSize });
    yield {
      number,
      name,
      rawName: entry.fileNameRaw,
      headerAt: entry.relativeOffsetOfLocalHeader,
      packedBytes: entry.compressedSize,
      bytes: entry.uncompressedSize,
      crc32: entry.crc32,
      method: entry.compressionMethod,
      encrypted: entry.isEncrypted(),
      streamed: (entry.generalPurposeBitFlag & 0x8) !== 0,
    };
  }
  if (length !== stated.length || stated.startsAt + length !== stated.endsAt) {
    throw new DirectoryBroken('the directory is not where its end record states');
  }
  return { startsAt: stated.startsAt };
}

/**
 * Start, length and end of the directory by its end record, of ZIP64 where there is one (APPNOTE.TXT 4.3.14 to 4.3.16,
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT). yauzl takes the start alone.
 */
async function statedPlace(
  content: RandomAccess,
  endAt: number,
): Promise<{ startsAt: number; length: number; endsAt: number }> {
  const tailAt = Math.max(0, endAt - zip64LocatorBytes);
  const tail = await readRange(content, tailAt, endAt + endRecordBytes);
  const end = tail.subarray(endAt - tailAt);
  if (end.length < endRecordBytes) throw new DirectoryBroken('the end record is cut');
  if (endAt < zip64LocatorBytes || tail.readUInt32LE(0) !== 0x07064b50) {
    return { startsAt: end.readUInt32LE(16), length: end.readUInt32LE(12), endsAt: endAt };
  }
  const recordAt = Number(tail.readBigUInt64LE(8));
  const record = await readRange(content, recordAt, recordAt + zip64RecordBytes);
  if (record.length < zip64RecordBytes) throw new DirectoryBroken('the ZIP64 end record is cut');
  return {
    startsAt: Number(record.readBigUInt64LE(48)),
    length: Number(record.readBigUInt64LE(40)),
    endsAt: recordAt,
  };
}

const utf8Flag = 0x800;

/**
 * Some writers, Google's among them, write names in UTF-8 without setting its flag; other code pages hardly ever decode
 * as UTF-8.
 */
function nameOf(entry: yauzl.Entry): string {
  const { generalPurposeBitFlag: flags, fileNameRaw, extraFields } = entry;
  const name = yauzl.getFileNameLowLevel(flags, fileNameRaw, extraFields, true);
  if ((flags & utf8Flag) !== 0 || !isUtf8(fileNameRaw)) return name.normalize('NFC');
  // A name in an extra field of the entry comes before the name itself.
  const isByCodePage = name === yauzl.getFileNameLowLevel(flags, fileNameRaw, [], true);
  return (isByCodePage ? fileNameRaw.toString('utf8') : name).normalize('NFC');
}

/** Errors from reading the part pass through; errors of yauzl itself mean that this is no ZIP. */
async function orBroken<T>(reader: WindowReader, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (cause) {
    if (reader.fault !== undefined) throw reader.fault.error;
    throw new DirectoryBroken('this is not a readable ZIP', { cause });
  }
}

const windowBytes = 1024 * 1024;

/** Serves yauzl's many short reads from one window that moves with them. */
class WindowReader extends yauzl.RandomAccessReader {
  /** The error that reading the part threw. */
  fault: { readonly error: unknown } | undefined;
  private window: Buffer = Buffer.alloc(0);
  private windowAt = 0;

  constructor(private readonly content: RandomAccess) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.load(position, length).then(
      () => {
        const at = position - this.windowAt;
        callback(null, this.window.copy(buffer, offset, at, at + length));
      },
      (error: unknown) => {
        this.fault = { error };
        callback(error instanceof Error ? error : new Error('the part cannot be read'));
      },
    );
  }

  private async load(position: number, length: number): Promise<void> {
    if (position >= this.windowAt && position + length <= this.windowAt + this.window.length) return;
    this.window = await readRange(this.content, position, position + Math.max(length, windowBytes));
    this.windowAt = position;
  }
}
