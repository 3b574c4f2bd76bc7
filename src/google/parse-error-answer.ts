/** Parses Google's error answers: google.rpc.Status, OAuth errors, or anything else. */
import { z } from 'zod';

import { knownReasons, type Refusal } from './code-of-reason';

/** The facts of a refused or failed call; none is secret or personal. */
export interface GoogleFailure extends Refusal {
  readonly metadata: Readonly<Record<string, string>>;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
  /** By the server's clock, which counts because ours may be wrong (docs/known-defects.md D22). */
  readonly answeredAt: Date | undefined;
}

const noAnswer: GoogleFailure = {
  httpStatus: undefined,
  status: undefined,
  reason: undefined,
  domain: undefined,
  metadata: {},
  message: '',
  retryAfterMs: undefined,
  answeredAt: undefined,
};

const envelope = z.object({
  error: z.object({
    status: z.string().optional(),
    message: z.string().optional(),
    details: z.array(z.unknown()).optional(),
  }),
});
const errorInfo = z.object({
  reason: z.string(),
  // Lenient, so that an unexpected field never hides the reason.
  domain: z.string().optional().catch(undefined),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
const oauthError = z.object({ error: z.string() });
/** As gaxios throws it; checked by shape, since its class differs between the copies in Google's packages. */
const thrown = z.object({
  response: z.object({ status: z.number(), data: z.unknown(), headers: z.unknown() }).optional(),
});

/** @param error thrown by Google's client; anything else counts as no answer */
export function readFailure(error: unknown): GoogleFailure {
  const parsed = thrown.safeParse(error);
  const response = parsed.success ? parsed.data.response : undefined;
  if (response === undefined) return noAnswer;
  const body = typeof response.data === 'string' ? parseJson(response.data) : response.data;
  const rpc = envelope.safeParse(body);
  const oauth = oauthError.safeParse(body);
  const info = rpc.success ? decisiveErrorInfo(rpc.data.error.details ?? []) : undefined;
  return {
    httpStatus: response.status,
    status: rpc.success ? rpc.data.error.status : oauth.success ? oauth.data.error : undefined,
    reason: info?.reason,
    domain: info?.domain,
    metadata: info?.metadata ?? {},
    message: rpc.success ? (rpc.data.error.message ?? '') : '',
    retryAfterMs: retryAfterMs(response.headers),
    answeredAt: httpDate(header(response.headers, 'date')),
  };
}

/**
 * The first detail with a known reason, otherwise the first with any reason: all details are checked, since the first
 * one may be a DebugInfo or anything else (docs/google-api.md §4, docs/known-defects.md D19).
 */
function decisiveErrorInfo(
  details: readonly unknown[],
): { reason: string; domain: string | undefined; metadata: Record<string, string> } | undefined {
  const infos = details.flatMap((detail) => {
    const info = errorInfo.safeParse(detail);
    return info.success ? [info.data] : [];
  });
  const info = infos.find(({ reason }) => knownReasons.has(reason)) ?? infos[0];
  if (info === undefined) return undefined;
  const metadata = Object.entries(info.metadata ?? {}).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  return { reason: info.reason, domain: info.domain, metadata: Object.fromEntries(metadata) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Checked by shape: Google's client uses its own class of headers, not the global one. */
const readableHeaders = z.object({ get: z.custom<(name: string) => unknown>((get) => typeof get === 'function') });

function header(headers: unknown, name: string): string | undefined {
  const readable = readableHeaders.safeParse(headers);
  const value = readable.success ? readable.data.get.call(headers, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/**
 * Seconds or a date (RFC 9110 §10.2.3). A date is compared with the answer's own date, since both are of the same
 * clock.
 */
function retryAfterMs(headers: unknown): number | undefined {
  const value = header(headers, 'retry-after');
  if (value !== undefined && /^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const until = httpDate(value);
  const from = httpDate(header(headers, 'date')) ?? new Date();
  return until === undefined ? undefined : Math.max(0, until.getTime() - from.getTime());
}

/** `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7). */
function httpDate(text: string | undefined): Date | undefined {
  if (text === undefined || !/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text)) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
