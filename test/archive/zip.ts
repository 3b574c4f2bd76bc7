/** ZIP files for tests, as Google makes them and as it should not. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { ZipFile } from 'yazl';

export interface ZipMember {
  readonly name: string;
  readonly content: string | Buffer;
  /** `stored` keeps the bytes as they are, `streamed` puts length and checksum behind them. */
  readonly as?: 'deflated' | 'stored' | 'streamed';
}

export async function zipOf(members: readonly ZipMember[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, content, as } of members) {
    const bytes = Buffer.from(content);
    if (name.endsWith('/')) zip.addEmptyDirectory(name);
    else if (as === 'streamed') zip.addReadStream(Readable.from([bytes]), name);
    else zip.addBuffer(bytes, name, { compress: as !== 'stored' });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** Puts other bytes of the same length everywhere, for names that a ZIP writer refuses. */
export function replaced(zip: Buffer, from: string, to: string | Buffer): Buffer {
  const [old, fresh] = [Buffer.from(from), Buffer.from(to)];
  if (old.length !== fresh.length) throw new Error(`what replaces ${from} has another length`);
  const changed = Buffer.from(zip);
  let matches = 0;
  for (let at = changed.indexOf(old); at !== -1; at = changed.indexOf(old, at + 1)) {
    fresh.copy(changed, at);
    matches += 1;
  }
  if (matches === 0) throw new Error(`${from} is not in the ZIP`);
  return changed;
}

/** Removes the flag for UTF-8 names, as some writers leave it out. */
export function unmarked(zip: Buffer): Buffer {
  const changed = Buffer.from(zip);
  for (const [signature, flagsAt] of [
    ['PK\u0001\u0002', 8],
    ['PK\u0003\u0004', 6],
  ] as const) {
    for (
      let at = changed.indexOf(signature, 0, 'latin1');
      at !== -1;
      at = changed.indexOf(signature, at + 1, 'latin1')
    ) {
      changed.writeUInt16LE(changed.readUInt16LE(at + flagsAt) & ~0x800, at + flagsAt);
    }
  }
  return changed;
}

/** Turns one bit of the byte at a place round. */
export function damaged(zip: Buffer, at: number): Buffer {
  const changed = Buffer.from(zip);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

export interface ListedFile {
  name: string;
  extension?: string;
  state?: string;
  childFile?: ListedFile[];
}

/** A service of `archive_browser.json` (docs/google-api.md §A2). */
export const serviceOf = (folderName: string, files: ListedFile[], more: object = {}) => ({
  service: { name: 'MY_ACTIVITY' },
  localizedServiceName: folderName,
  folderName,
  isIncomplete: false,
  extractedFile: files.map((file) => ({ state: 'SUCCESS', childFile: [], ...file })),
  ...more,
});

export const manifestOf = (...services: object[]): ZipMember => ({
  name: 'Portability/archive_browser.json',
  content: JSON.stringify({ creationTime: '2026-03-01T06:15:00Z', totalSize: '1', serviceStatus: services }),
});
