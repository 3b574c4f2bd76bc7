/** The formats of a stream of records, by their media types. */
import { PortageError } from '../../domain/error-codes';
import type { Problem } from '../../problem-details';
import type { KindName } from '../kinds';
import { csvFailure, csvLines } from './csv';
import { jsonLdPieces } from './json-ld';
import type { Line } from './line';

export interface Format {
  readonly mediaType: string;
  /** @throws PortageError `REQUEST_INVALID` when the requested lines have no such form */
  write(lines: AsyncIterable<Line>, kinds: readonly KindName[] | undefined): AsyncGenerator<string>;
  /** The last text of a stream that is cut, where the format has one. */
  failure(problem: Problem): string;
}

const ndjson: Format = {
  mediaType: 'application/x-ndjson',
  write: (lines) => inBlocks(ndjsonLines(lines)),
  failure: (error) => `${JSON.stringify({ error })}\n`,
};

const csv: Format = {
  mediaType: 'text/csv',
  write: (lines, kinds) => inBlocks(csvLines(lines, onlyKind(kinds))),
  failure: ({ code }) => csvFailure(code),
};

const jsonLd: Format = {
  mediaType: 'application/ld+json',
  write: (lines) => inBlocks(jsonLdPieces(lines)),
  // The text so far is not valid JSON, which is a sufficient sign.
  failure: () => '',
};

/** The first one is sent to a caller that accepts any format. */
export const formats: readonly Format[] = [ndjson, csv, jsonLd];

/** @throws PortageError `REQUEST_INVALID` unless there is exactly one */
export function onlyKind(kinds: readonly KindName[] | undefined): KindName {
  const [kind, ...others] = new Set(kinds);
  if (kind !== undefined && others.length === 0) return kind;
  const asked = kind === undefined ? 'none is named' : `${[kind, ...others].join(', ')} are named`;
  throw new PortageError('REQUEST_INVALID', {
    detail: `kind: CSV has the columns of one kind, and ${asked}. Ask for one at a time, such as kind=activity`,
  });
}

/** One JSON text a line. */
export async function* ndjsonLines(lines: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

/** Characters that are sent at once: a line each would cost more than its content. */
const blockLength = 64 * 1024;

/** Passes on the text before a failure, unless it is shorter than a block: then only the failure is thrown. */
export async function* inBlocks(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let block = '';
  let hasBegun = false;
  try {
    for await (const text of texts) {
      block += text;
      if (block.length < blockLength) continue;
      hasBegun = true;
      yield block;
      block = '';
    }
  } catch (error) {
    if (hasBegun && block !== '') yield block;
    throw error;
  }
  if (block !== '') yield block;
}
