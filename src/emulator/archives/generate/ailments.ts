/** Faults of a file of an archive: a format that drifted, or a member that cannot be read. */
import { bytesContent } from '../content';
import type { ServiceFolder } from './produce';

type GivenFile = ServiceFolder['files'][number];

/** JSON gets a new wrapper, a CSV other headers and one more column. My Activity and history drift in their keys. */
export function drifted(file: GivenFile): GivenFile {
  const text = file.content.bytes?.toString();
  if (text === undefined) return file;
  if (file.path.endsWith('.json')) {
    return { ...file, content: bytesContent(Buffer.from(`{"exportVersion": 2, "items": ${text.trim()}}\n`)) };
  }
  if (!file.path.endsWith('.csv')) return file;
  const [header = '', ...rows] = text.trimEnd().split('\n');
  const wider = [`${header.toUpperCase()},ADDED`, ...rows.map((row) => `${row},x`)].join('\n');
  return { ...file, content: bytesContent(Buffer.from(`${wider}\n`)) };
}

/** Cut in the middle, so that JSON does not parse and a CSV ends within a row. */
export function broken(file: GivenFile): GivenFile {
  const { bytes } = file.content;
  if (bytes === undefined) return file;
  return { ...file, content: bytesContent(bytes.subarray(0, Math.floor(bytes.length / 2))) };
}
