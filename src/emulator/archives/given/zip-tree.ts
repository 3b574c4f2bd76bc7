/** The files of a ZIP, each unpacked when it is first read, since ranges of a file are read many times. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { fileContent, type Content } from '../content';
import { ArchivesUnusable } from './archives-unusable';

export interface ZippedFile {
  /** Path in the ZIP, with slashes. */
  readonly path: string;
  readonly content: () => Content;
}

/**
 * Lists the files of a ZIP.
 *
 * @param unpackedFolder where files are unpacked to, made when the first one is read
 * @throws ArchivesUnusable when it is no readable ZIP
 */
export async function filesInZip(zipPath: string, unpackedFolder: string): Promise<ZippedFile[]> {
  const files: ZippedFile[] = [];
  try {
    const zip = await yauzl.openPromise(zipPath, { autoClose: false });
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName.normalize('NFC');
      const unpackedPath = join(unpackedFolder, String(files.length));
      if (!path.endsWith('/')) files.push({ path, content: () => zippedContent(zipPath, entry, unpackedPath) });
    }
    zip.close();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ArchivesUnusable(`${zipPath} is no readable ZIP (${reason}). Download it again, or take it away.`, {
      cause,
    });
  }
  return files;
}

function zippedContent(zipPath: string, entry: yauzl.Entry, unpackedPath: string): Content {
  let unpacked: Promise<Content> | undefined;
  const content = () => (unpacked ??= unpack(zipPath, entry, unpackedPath).then(() => fileContent(unpackedPath)));
  return {
    length: entry.uncompressedSize,
    async *read(start, end) {
      yield* (await content()).read(start, end);
    },
    checksums: async () => (await content()).checksums(),
  };
}

/** yauzl compares length and checksum with the ZIP's directory. */
async function unpack(zipPath: string, entry: yauzl.Entry, to: string): Promise<void> {
  mkdirSync(join(to, '..'), { recursive: true, mode: 0o700 });
  const zip = await yauzl.openPromise(zipPath, { autoClose: false });
  try {
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(to));
  } finally {
    zip.close();
  }
}
