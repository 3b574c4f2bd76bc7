/** Streams of records: one JSON value a line (docs/reading-records.md). */
import { PortageApiError, PortageConnectionError } from './errors';
import type { components } from './generated/schema';
import type { StreamLine } from './operation-types';
import type { Position } from './pages';

/** A record has the text of one entry of an archive, which Portage bounds; a longer line is not a record. */
const longestLine = 64 * 2 ** 20;

/**
 * Yields every line of the stream, and requests the next page when one ends.
 *
 * @param open requests the page that begins after this text; undefined for the first one
 * @param name for messages, such as `listConsentRecords`
 * @throws PortageApiError for a line with the reason why the stream ends; PortageConnectionError when it breaks off.
 * The   lines before it are valid: call again with the last `cursor` as `since`, or with the last `next` as `after`
 */
export async function* streamLines(
  open: (after: Position | undefined) => Promise<Response>,
  name: string,
  first: Position | undefined,
): AsyncGenerator<StreamLine, void> {
  for (let after = first; ;) {
    let next: string | undefined;
    for await (const text of textLines(await open(after), name)) {
      const line = JSON.parse(text) as StreamLine | components['schemas']['RecordStream.error'];
      if ('error' in line) throw new PortageApiError(line.error.status, line.error, name);
      if ('next' in line) next = line.next;
      yield line;
    }
    if (next === undefined) return;
    after = next;
  }
}

/**
 * Lines that are not empty. The text after the last line break is a line only when the stream ended without an error.
 */
async function* textLines(response: Response, name: string): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  const chunks = response.body === null ? [] : broken(response.body, name);
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error(`${name} sent a line of more than ${longestLine} characters`);
    for (const line of lines) if (line !== '') yield line;
  }
  if (rest !== '') yield rest;
}

/** The chunks of a body. @throws PortageConnectionError in place of the error of fetch when the connection breaks */
export async function* broken(body: ReadableStream<Uint8Array>, name: string): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of body) yield chunk;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new PortageConnectionError(`the answer to ${name} broke off`, { cause });
  }
}
