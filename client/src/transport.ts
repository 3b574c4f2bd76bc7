/** Sends requests with the API key, and repeats them while that can help. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { PortageConnectionError, readProblem } from './errors';

export interface PortageOptions {
  /** The address of your Portage, its PUBLIC_URL; it may have a path. */
  readonly url: string;
  /** `ptg_…`, as `portage api-keys create` printed it. */
  readonly apiKey: string;
  /** How long one try may take until its answer begins: 60 seconds by default. */
  readonly timeoutMs?: number;
  /** How often a request is repeated that was not answered, or answered with 429, 503, or
   * 409 while its first try is still carried out: 4 times by default. */
  readonly retries?: number;
}

export interface CallOptions {
  /** Ends the call, its pauses, and its stream. */
  readonly signal?: AbortSignal;
  /**
   * For a POST: calls with the same key count as one, so that a call can be repeated after a crash. Without it, every
   * call has a random key of its own, which its retries share.
   */
  readonly idempotencyKey?: string;
}

export interface HttpRequest extends CallOptions {
  readonly method: string;
  /** Below the address of Portage, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; undefined for a request without a body. */
  readonly body?: unknown;
}

export type Transport = (request: HttpRequest) => Promise<Response>;

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** An answer that asks for a longer wait is an error at once: the caller decides what to do until then. */
const longestRetryAfterMs = 120_000;

/**
 * The pause before the next try.
 *
 * @param failures how often the request has failed, from 1
 * @param retryAfter the header of the answer (RFC 9110 §10.2.3), if there was one
 * @returns milliseconds, or undefined when the header asks for more than {@link longestRetryAfterMs}
 */
export function pauseBeforeRetry(failures: number, retryAfter: string | null, now = Date.now()): number | undefined {
  const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
  // Random, so that clients that failed together do not retry together.
  const own = longest * (0.5 + Math.random() / 2);
  if (retryAfter === null) return own;
  const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  if (Number.isNaN(asked)) return own;
  return asked > longestRetryAfterMs ? undefined : Math.max(own, asked);
}

/** Every request may be repeated: GET and DELETE by definition (RFC 9110 §9.2.2), PATCH since
 * it sets values, POST by its Idempotency-Key. */
export function createTransport({ url, apiKey, timeoutMs = 60_000, retries = 4 }: PortageOptions): Transport {
  const base = new URL(url).href.replace(/\/$/, '');

  const tryOnce = async (name: string, request: HttpRequest): Promise<Response | PortageConnectionError> => {
    const { method, path, headers, body, signal } = request;
    const limit = new AbortController();
    // The limit ends with the headers: an answer may be gigabytes. While it arrives, fetch limits a silence itself.
    const timer = setTimeout(() => limit.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    try {
      return await fetch(base + path, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, ...headers },
        // A redirect would carry the request to an address that was not configured.
        redirect: 'manual',
        signal: signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      signal?.throwIfAborted();
      return new PortageConnectionError(`${name} was not answered: ${reasonOf(cause)}`, { cause });
    } finally {
      clearTimeout(timer);
    }
  };

  return async (request) => {
    const { method, path, signal, idempotencyKey = randomUUID() } = request;
    const name = `${method} ${base}${path.split('?')[0] ?? ''}`;
    const headers = {
      accept: 'application/json',
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': idempotencyKey } : {}),
      ...request.headers,
    };
    for (let failures = 1; ; failures += 1) {
      const answer = await tryOnce(name, { ...request, headers });
      if (answer instanceof PortageConnectionError) {
        if (failures > retries) throw answer;
        await pause(pauseBeforeRetry(failures, null), undefined, signal && { signal });
        continue;
      }
      if (answer.ok || answer.status === 304) return answer;
      const retryAfter = answer.headers.get('retry-after');
      const mayHelp = failures <= retries && isForNow(answer.status, retryAfter);
      const waitMs = mayHelp ? pauseBeforeRetry(failures, retryAfter) : undefined;
      if (waitMs === undefined) throw await readProblem(answer, name);
      await answer.body?.cancel();
      await pause(waitMs, undefined, signal && { signal });
    }
  };
}

/** 409 with Retry-After: the first try, whose answer was lost, is still being carried out. Any other 409 stays. */
const isForNow = (status: number, retryAfter: string | null): boolean =>
  status === 429 || status === 503 || (status === 409 && retryAfter !== null);

/** The reason of a failure below `fetch`, whose own error does not contain it. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
