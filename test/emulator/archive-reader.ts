/** Reads archive parts with an independent ZIP reader. */
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';

/** The files of a ZIP by name. */
export async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(bytes, { validateEntrySizes: true });
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return files;
}

export async function fetchBytes(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`Download answered ${response.status}: ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

/** All files of all parts by name. */
export async function unzipAll(urls: readonly string[]): Promise<Map<string, Buffer>> {
  const parts = await Promise.all(urls.map(async (url) => unzip(await fetchBytes(url))));
  return new Map(parts.flatMap((part) => [...part]));
}
