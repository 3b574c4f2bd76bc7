/** The refusals of Express and its parsers: they mark the caller's faults with a 4xx status. */
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';

import { PortageError } from '../domain/error-codes';

/** The `type` of an error of the body parser (https://github.com/expressjs/body-parser#errors). */
interface ParserError extends Error {
  readonly status: number;
  readonly type?: unknown;
  readonly body?: unknown;
  readonly limit?: unknown;
}

/** @returns undefined when the fault is not the caller's */
export function refusedBody(error: unknown): PortageError | undefined {
  if (!isParserError(error)) return undefined;
  const { status, type, body, limit } = error;
  if (type === 'entity.parse.failed' && typeof body === 'string') {
    const detail = `the body is not JSON: ${placeOfFault(body)}`;
    return new PortageError('REQUEST_INVALID', { detail, faults: [{ pointer: '#', detail }], cause: error });
  }
  if (status === 413) {
    const detail = typeof limit === 'number' ? `it may have ${limit} bytes` : undefined;
    return new PortageError('BODY_TOO_LARGE', { ...(detail !== undefined && { detail }), cause: error });
  }
  if (status === 415) return new PortageError('MEDIA_TYPE_UNSUPPORTED', { cause: error });
  const [place, detail] =
    error instanceof URIError
      ? [{ parameter: 'path' }, 'the address is not percent-encoded UTF-8']
      : [{ pointer: '#' }, 'the body cannot be read: its length or its content-encoding does not fit'];
  return new PortageError('REQUEST_INVALID', { detail, faults: [{ ...place, detail }], cause: error });
}

function isParserError(error: unknown): error is ParserError {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500;
}

/**
 * The position at which a text stops being JSON. V8's own message gives no position in a short text, and repeats the
 * text, which may hold a secret.
 */
function placeOfFault(text: string): string {
  const faults: ParseError[] = [];
  try {
    parse(text, faults, { disallowComments: true });
  } catch (error) {
    // This parser is recursive; V8's own, which refused the text, is not.
    if (error instanceof RangeError) return 'it is nested too deep to say where it ends';
    throw error;
  }
  const [first] = faults;
  if (first === undefined) return 'it has a character that JSON does not allow';
  const before = text.slice(0, first.offset).split('\n');
  const words = printParseErrorCode(first.error)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return `${words} at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
