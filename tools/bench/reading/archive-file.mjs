// Files as an archive holds them, written for the benchmarks of readers.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';

const { ZipFile } = createRequire(import.meta.url)('yazl');

/** Writes a plain file of about `size` bytes: `head`, then the text of entry after entry, then `tail`. */
export async function writeFile(path, { head, tail, text }, size) {
  const out = createWriteStream(path);
  out.write(head);
  let written = 0;
  for (let number = 0; written < size;) {
    let block = '';
    for (let count = 0; count < 5_000 && written + block.length < size; count += 1, number += 1) block += text(number);
    written += block.length;
    if (!out.write(block)) await once(out, 'drain');
  }
  out.end(tail);
  await once(out, 'close');
}

/** Packs one plain file into an archive, under the name that the archive gives it. */
export async function packArchive(from, to, name) {
  const zip = new ZipFile();
  zip.addFile(from, name);
  zip.end();
  await once(zip.outputStream.pipe(createWriteStream(to)), 'close');
}
