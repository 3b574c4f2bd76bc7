/** Sends one webhook, once: without redirects, with a limit on the time, and a limit on the bytes that are read. */
import { Agent, request, type Dispatcher } from 'undici';

import { PortageError } from '../domain/error-codes';
import { usualLimits } from '../domain/timeouts';
import { guardedLookup, type AddressesOf } from '../network/allowed-addresses';
import { checkWebhookUrl, isAllowedAddress, refused } from './check-url';

const answerBytes = 512;

export interface WebhookAnswer {
  /** Null when no answer came. */
  readonly status: number | null;
  /** The reason for no answer, without addresses. */
  readonly problem?: string;
  /** The first 512 bytes of the body, as text. */
  readonly answer: string;
  /** The header `Retry-After`. */
  readonly retryAfter?: string | undefined;
}

export interface WebhookSender {
  /**
   * @param signal cancels the try
   * @returns a result also when nothing was sent or answered
   * @throws the signal's reason
   */
  send(url: string, headers: Record<string, string>, payload: string, signal: AbortSignal): Promise<WebhookAnswer>;
  close(): Promise<void>;
}

export function createWebhookSender(options: {
  /** Private networks that the operator allows. */
  readonly networks: readonly string[];
  readonly timeoutMs?: number;
  readonly addressesOf?: AddressesOf;
}): WebhookSender {
  const { networks, timeoutMs = usualLimits.webhookMs } = options;
  const noAddress = (hostname: string) => refused(`${hostname.slice(0, 100)} has an address that is not public`);
  const isAllowed = (address: string) => isAllowedAddress(address, networks);
  const agent = new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs, lookup: guardedLookup(isAllowed, noAddress, options.addressesOf) },
  });
  return {
    async send(url, headers, payload, signal) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const {
          statusCode,
          headers: answered,
          body,
        } = await request(checkWebhookUrl(url, networks), {
          method: 'POST',
          dispatcher: agent,
          signal: AbortSignal.any([signal, timeout]),
          headers: { 'content-type': 'application/json', 'user-agent': 'portage-webhooks', ...headers },
          body: payload,
        });
        const retryAfter = answered['retry-after'];
        return {
          status: statusCode,
          answer: await beginningOf(body),
          retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
        };
      } catch (error) {
        signal.throwIfAborted();
        return {
          status: null,
          answer: '',
          problem: timeout.aborted ? `no answer in ${timeoutMs} ms` : problemOf(error),
        };
      }
    },
    close: () => agent.destroy(),
  };
}

/** An answer whose body breaks off is still an answer, since its status has arrived. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= answerBytes) break;
    }
  } catch {
    // The bytes so far are returned.
  }
  body.on('error', () => undefined).destroy();
  // PostgreSQL cannot store NUL.
  return Buffer.concat(chunks).subarray(0, answerBytes).toString('utf8').replaceAll('\0', '\uFFFD');
}

function problemOf(error: unknown): string {
  if (error instanceof PortageError) return error.message;
  if (error instanceof AggregateError) return problemOf(error.errors[0]);
  const { cause, code } = error as { cause?: unknown; code?: unknown };
  if (cause instanceof PortageError) return cause.message;
  return typeof code === 'string' ? `the connection failed (${code})` : 'the connection failed';
}
