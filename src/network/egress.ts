/**
 * The only code that downloads from an address received over the network: Google's hosts only, and no private
 * addresses.
 */
import { Agent, request, type Dispatcher } from 'undici';

import { PortageError } from '../domain/error-codes';
import { usualLimits, type GoogleLimits } from '../domain/timeouts';
import { guardedLookup, isPublic, type AddressesOf } from './allowed-addresses';
import { followRedirects } from './follow-redirects';

export interface Egress {
  /**
   * Requests a link and follows its redirects, each of which must be allowed like the link itself; never with
   * credentials (docs/known-defects.md D44, D45).
   *
   * @param range first byte and the byte after the last one; the whole by default
   * @param validator a strong ETag: the range applies only to that content, else the answer is the whole new content
   * @returns any answer that is not a redirect, with its body unread
   * @throws PortageError `LINK_NOT_ALLOWED`, `LINK_DEAD` after too many redirects, `GOOGLE_UNAVAILABLE` when no answer
   * came in time; the signal's reason
   */
  get(link: string, asked: Asked, signal: AbortSignal): Promise<Answer>;

  /** Ends every connection. */
  close(): Promise<void>;
}

export interface Asked {
  readonly range?: { readonly start: number; readonly end: number } | undefined;
  readonly validator?: string | undefined;
}

export interface Answer {
  readonly status: number;
  /** By name in lower case; repeated ones joined by commas. */
  header(name: string): string | undefined;
  /** The first bytes of the body, if it has as many; they also stay in the body. Throws the errors of {@link body}. */
  peek(bytes: number): Promise<Buffer>;
  /**
   * The body; the caller reads it to its end or calls `return`, which ends the connection.
   *
   * @throws PortageError `PART_TRUNCATED` when the connection broke, `GOOGLE_UNAVAILABLE` when no bytes came for too
   * long
   */
  body(): AsyncGenerator<Buffer, void>;
  /** Ends a body that is not read, or not read further. */
  discard(): void;
}

export interface EgressOptions {
  readonly emulatorOrigin: string | undefined;
  /** Limits on a connection and the beginning of an answer, on a pause in its body, and on a whole range. */
  readonly limits?: Partial<GoogleLimits>;
  /** Resolves names; the system's resolver by default. */
  readonly addressesOf?: AddressesOf;
}

export function createEgress(options: EgressOptions): Egress {
  const { emulatorOrigin } = options;
  const limits = { ...usualLimits.google, ...options.limits };
  const timeouts = { headersTimeout: limits.headersMs, bodyTimeout: limits.idleMs, maxResponseSize: -1 };
  const outside = new Agent({
    ...timeouts,
    connect: { timeout: limits.connectMs, lookup: guardedLookup(isPublic, notPublic, options.addressesOf) },
  });
  // The emulator is the only allowed internal address; the operator names it.
  const emulator = new Agent({ ...timeouts, connect: { timeout: limits.connectMs } });

  const ask = async (url: URL, asked: Asked, signal: AbortSignal): Promise<Answer> => {
    const limit = limitedBy(signal, asked.range === undefined ? undefined : limits.rangeMs);
    try {
      const response = await request(url, {
        dispatcher: url.origin === emulatorOrigin ? emulator : outside,
        signal: limit.signal,
        headers: {
          'accept-encoding': 'identity',
          ...(asked.range === undefined ? {} : { range: `bytes=${asked.range.start}-${asked.range.end - 1}` }),
          ...(asked.range === undefined || asked.validator === undefined ? {} : { 'if-range': asked.validator }),
        },
      });
      return answerOf(response, limit);
    } catch (cause) {
      limit.release();
      if (limit.signal.aborted) throw limit.signal.reason;
      throw refusalIn(cause) ?? new PortageError('GOOGLE_UNAVAILABLE', { detail: 'download: no answer', cause });
    }
  };

  return {
    get(link, asked, signal) {
      return followRedirects(link, emulatorOrigin, (url) => {
        signal.throwIfAborted();
        return ask(url, asked, signal);
      });
    },

    async close() {
      await Promise.all([outside.destroy(), emulator.destroy()]);
    },
  };
}

interface Limit {
  readonly signal: AbortSignal;
  release(): void;
}

/** Ends with the outer signal, or when a range takes longer than any normal connection needs for it. */
function limitedBy(outer: AbortSignal, timeoutMs: number | undefined): Limit {
  const controller = new AbortController();
  const passOn = () => controller.abort(outer.reason);
  const tooSlow = () =>
    controller.abort(new PortageError('GOOGLE_UNAVAILABLE', { detail: 'download: the bytes arrive too slowly' }));
  const timer = timeoutMs === undefined ? undefined : setTimeout(tooSlow, timeoutMs);
  outer.addEventListener('abort', passOn, { once: true });
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      outer.removeEventListener('abort', passOn);
    },
  };
}

function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData, limit: Limit): Answer {
  const chunks: AsyncIterator<Buffer, undefined> = body[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  const next = async (): Promise<Buffer | undefined> => {
    try {
      const result = await chunks.next();
      return result.done === true ? undefined : result.value;
    } catch (cause) {
      if (limit.signal.aborted) throw limit.signal.reason;
      const silent = (cause as { code?: unknown }).code === 'UND_ERR_BODY_TIMEOUT';
      throw silent
        ? new PortageError('GOOGLE_UNAVAILABLE', { detail: 'download: no more bytes arrived', cause })
        : new PortageError('PART_TRUNCATED', { detail: 'the connection broke', cause });
    }
  };
  const discard = () => {
    limit.release();
    // The error of a cancelled answer is ignored.
    body.on('error', () => undefined).destroy();
  };
  return {
    status: statusCode,
    header(name) {
      const value = headers[name];
      return Array.isArray(value) ? value.join(',') : value;
    },
    async peek(bytes) {
      for (let count = held.reduce((sum, { length }) => sum + length, 0); count < bytes;) {
        const chunk = await next();
        if (chunk === undefined) break;
        held.push(chunk);
        count += chunk.length;
      }
      return Buffer.concat(held);
    },
    async *body() {
      try {
        yield* held.splice(0);
        for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
      } finally {
        discard();
      }
    },
    discard,
  };
}

/** An address is used only if it is public, whatever its name is (docs/known-defects.md D45). */
function notPublic(hostname: string): PortageError {
  return new PortageError('LINK_NOT_ALLOWED', {
    detail: `${hostname.slice(0, 100)} has an address that is not public`,
  });
}

/** Our own refusal, which the HTTP client may have wrapped. */
function refusalIn(error: unknown): PortageError | undefined {
  if (error instanceof PortageError) return error;
  if (error instanceof AggregateError) return error.errors.map(refusalIn).find((each) => each !== undefined);
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : undefined;
}
