/**
 * Records as they are stored, thousands in an object: their keys, which cannot be compressed, and after them the
 * compressed lines. The line of a record contains its instant, if it has one, and its data. When the origin of a record
 * does not directly follow the origin of the record before it, an additional line before the record states the origin.
 */
import { brotliCompressSync, brotliDecompress, constants } from 'node:zlib';
import { promisify } from 'node:util';

import type { JsonObject } from '../formats/json';
import type { KindName } from '../kinds';
import type { PortedRecord } from './record';

const unpacked = promisify(brotliDecompress);

/** Faster than the fastest level of gzip, and smaller. A wider window costs time, and gains little. */
const compression = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 18 },
  chunkSize: 256 * 1024,
};

/** Bytes of lines in one object, before compression, and records at most. */
const blockBytes = 4 * 1024 * 1024;
const blockRecords = 32 * 1024;
/** Memory of a new block: most exports are small, and take much less than a whole block. */
const firstBytes = 64 * 1024;
const firstRecords = 512;
export const keyBytes = 16;
const countBytes = 4;
const lineFeed = 0x0a;
const originMark = '#';

/** The origin of a run of drafts; the same object for all of them. */
export interface Origin {
  readonly resource: string;
  readonly part: number;
  readonly entry: number;
}

/** The origin of the records of some lines; `index` is that of the first. */
type LineOrigin = Pick<PortedRecord, 'resource' | 'kind'> & PortedRecord['source'];

/** Lines that are being written. */
export class RecordBlock {
  /** Replaced by a larger one when a line needs room. */
  text: Buffer;
  /** Position of the next byte. */
  length = 0;
  private keys: Buffer = Buffer.allocUnsafe(firstRecords * keyBytes);
  private count = 0;
  private follows: { readonly origin: Origin; readonly kind: string; index: number } | undefined;

  /** @param leastBytes that the first line may take */
  constructor(
    private readonly exportId: string,
    leastBytes: number,
  ) {
    this.text = Buffer.allocUnsafe(Math.max(firstBytes, leastBytes));
  }

  /** Makes it empty, once it was stored. */
  clear(): void {
    // A line as long as that is rare.
    if (this.text.length > blockBytes) this.text = Buffer.allocUnsafe(blockBytes);
    this.length = this.count = 0;
    this.follows = undefined;
  }

  /** Whether a line of so many bytes at most fits; makes room for it as long as the block is not full. */
  hasRoom(bytes: number): boolean {
    const needed = this.length + bytes;
    if (needed > Math.max(this.text.length, blockBytes) || this.count === blockRecords) return false;
    if (needed > this.text.length) this.text = enlarged(this.text, Math.max(needed, 2 * this.text.length), blockBytes);
    return true;
  }

  /** Begins the line of a record. */
  begin(origin: Origin, kind: KindName, index: number): void {
    const { follows } = this;
    if (follows?.origin === origin && follows.kind === kind && follows.index === index) follows.index += 1;
    else {
      this.follows = { origin, kind, index: index + 1 };
      const { resource, part, entry } = origin;
      const line: LineOrigin = { resource, kind, exportId: this.exportId, part, entry, index };
      this.length += this.text.write(`${originMark}${JSON.stringify(line)}\n`, this.length);
    }
  }

  /** Ends it. @param key holds the key at its beginning */
  end(length: number, key: Uint8Array): void {
    // A buffer drops what is written behind its end.
    if (length >= this.text.length) throw new RangeError('a line is longer than the room that was asked for');
    this.text[length] = lineFeed;
    this.length = length + 1;
    const from = this.count * keyBytes;
    if (from === this.keys.length) this.keys = enlarged(this.keys, 2 * from, blockRecords * keyBytes);
    for (let byte = 0; byte < keyBytes; byte += 1) this.keys[from + byte] = key[byte] as number;
    this.count += 1;
  }

  /** The object to store. */
  packed(): Buffer {
    const count = Buffer.alloc(countBytes);
    count.writeUInt32LE(this.count);
    const lines = brotliCompressSync(this.text.subarray(0, this.length), compression);
    return Buffer.concat([count, this.keys.subarray(0, this.count * keyBytes), lines]);
  }
}

function enlarged(buffer: Buffer, bytes: number, most: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.min(bytes, most));
  buffer.copy(larger);
  return larger;
}

/** Records of a stored object, in order; each is made when it is asked for. */
export async function* recordsIn(object: Buffer): AsyncGenerator<() => PortedRecord> {
  const count = object.readUInt32LE();
  const keysEnd = countBytes + count * keyBytes;
  const text = (await unpacked(object.subarray(keysEnd))).toString('utf8');
  let at = 0;
  const nextLine = () => {
    const start = at;
    at = text.indexOf('\n', start) + 1;
    return text.slice(start, at - 1);
  };
  let origin: LineOrigin | undefined;
  let index = 0;
  for (let number = 0; number < count; number += 1, index += 1) {
    let line = nextLine();
    if (line.startsWith(originMark)) {
      origin = JSON.parse(line.slice(originMark.length)) as LineOrigin;
      index = origin.index;
      line = nextLine();
    }
    const { resource, kind, ...source } = origin as LineOrigin;
    const [keyAt, ownIndex] = [countBytes + number * keyBytes, index];
    yield () => {
      const brace = line.indexOf('{');
      return {
        key: object.toString('hex', keyAt, keyAt + keyBytes),
        ...{ resource, kind },
        ...(brace > 0 && { occurredAt: line.slice(0, brace) }),
        data: JSON.parse(line.slice(brace)) as JsonObject,
        source: { ...source, index: ownIndex },
      };
    };
  }
}
