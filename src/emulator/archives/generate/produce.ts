/** The output of a producer of content: the folder of one Google service with its files. */
import { bytesContent, type Content } from '../content';
import type { Subject } from './subject';

export interface ServiceFolder {
  /** Google's stable identifier of the service, in capitals. */
  service: string;
  /** Localised folder under the root. */
  folder: string;
  files: { path: string; content: Content }[];
}

export type Producer = (subject: Subject) => ServiceFolder;

export function jsonFile(path: string, value: unknown): ServiceFolder['files'][number] {
  return { path, content: bytesContent(Buffer.from(`${JSON.stringify(value, null, 2)}\n`)) };
}

export function textFile(path: string, text: string): ServiceFolder['files'][number] {
  return { path, content: bytesContent(Buffer.from(text)) };
}

/** RFC 4180 with line feeds, as Takeout writes it; column names in the account's language. */
export function csvFile(
  subject: Subject,
  path: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
) {
  const cell = (value: string | number) => {
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const names = columns.map((column) => subject.words.columns[column] ?? column);
  return textFile(path, [names, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join(''));
}
