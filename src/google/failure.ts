/** Reads Google's error answers: the envelope of google.rpc.Status, of OAuth, or whatever came instead. */
import { z } from 'zod';

/** What is known about a refused or failed call; nothing in it is secret or personal. */
export interface GoogleFailure {
  /** HTTP status; undefined when there was no answer. */
  readonly httpStatus: number | undefined;
  /** Canonical status such as `RESOURCE_EXHAUSTED`, or the OAuth error such as `invalid_grant`. */
  readonly status: string | undefined;
  /** Reason of the detail that decides (docs/google-api.md §4). */
  readonly reason: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
}

const envelope = z.object({
  error: z.object({
    status: z.string().optional(),
    message: z.string().optional(),
    details: z.array(z.unknown()).optional(),
  }),
});
const errorInfo = z.object({ reason: z.string(), metadata: z.record(z.string(), z.unknown()).optional() });
const oauthError = z.object({ error: z.string() });
/** As gaxios throws it; read by shape, since its class differs between the copies that Google's packages carry. */
const thrown = z.object({
  response: z.object({ status: z.number(), data: z.unknown(), headers: z.unknown() }).optional(),
});

/** @param error what Google's client threw; anything else counts as no answer */
export function readFailure(error: unknown): GoogleFailure {
  const parsed = thrown.safeParse(error);
  const response = parsed.success ? parsed.data.response : undefined;
  if (response === undefined) {
    return {
      httpStatus: undefined,
      status: undefined,
      reason: undefined,
      metadata: {},
      message: '',
      retryAfterMs: undefined,
    };
  }
  const body = typeof response.data === 'string' ? parseJson(response.data) : response.data;
  const rpc = envelope.safeParse(body);
  const oauth = oauthError.safeParse(body);
  const info = rpc.success ? decisiveErrorInfo(rpc.data.error.details ?? []) : undefined;
  return {
    httpStatus: response.status,
    status: rpc.success ? rpc.data.error.status : oauth.success ? oauth.data.error : undefined,
    reason: info?.reason,
    metadata: info?.metadata ?? {},
    message: rpc.success ? (rpc.data.error.message ?? '') : '',
    retryAfterMs: retryAfter(response.headers),
  };
}

/** The reasons that something is decided on; Google may add others (docs/google-api.md Q17). */
const knownReasons = new Set([
  'ALREADY_EXISTS_ONE_TIME',
  'ALREADY_EXISTS_TIME_BASED',
  'RESOURCE_EXHAUSTED_ONE_TIME',
  'RESOURCE_EXHAUSTED_TIME_BASED',
  'SERVICE_DISABLED',
  'BILLING_DISABLED',
]);

/**
 * The first detail with a known reason, else the first with any: all are walked, since the first one may be a DebugInfo
 * or anything else (docs/google-api.md §4, docs/known-defects.md D19).
 */
function decisiveErrorInfo(
  details: readonly unknown[],
): { reason: string; metadata: Record<string, string> } | undefined {
  const infos = details.flatMap((detail) => {
    const info = errorInfo.safeParse(detail);
    return info.success ? [info.data] : [];
  });
  const info = infos.find(({ reason }) => knownReasons.has(reason)) ?? infos[0];
  if (info === undefined) return undefined;
  const metadata = Object.entries(info.metadata ?? {}).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  return { reason: info.reason, metadata: Object.fromEntries(metadata) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Read by shape: Google's client brings its own class of headers, not the one that is global. */
const readableHeaders = z.object({ get: z.custom<(name: string) => unknown>((get) => typeof get === 'function') });

function retryAfter(headers: unknown): number | undefined {
  const readable = readableHeaders.safeParse(headers);
  const value = readable.success ? readable.data.get.call(headers, 'retry-after') : undefined;
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : undefined;
}

/**
 * When a locked resource may be exported again: the server's own words, in the order of docs/google-api.md §4.
 *
 * @param now for telling future times from past ones
 */
export function lockedUntil(failure: GoogleFailure, now: Date): Date | undefined {
  const stated = instant(failure.metadata['timestamp_after_24hrs']);
  if (stated !== undefined) return stated;
  const future = Object.values(failure.metadata)
    .map(instant)
    .find((time) => time !== undefined && time > now);
  if (future !== undefined) return future;
  const inMessage = instant(/after (\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))/.exec(failure.message)?.[1]);
  if (inMessage !== undefined) return inMessage;
  return failure.retryAfterMs === undefined ? undefined : new Date(now.getTime() + failure.retryAfterMs);
}

/** `previous_job_ids` is one comma-separated string, newest last (docs/google-api.md §4). */
export function previousJobIds(failure: GoogleFailure): string[] {
  return (failure.metadata['previous_job_ids'] ?? '')
    .split(',')
    .map(bareJobId)
    .filter((id) => id !== '');
}

/** A job id without the `archiveJobs/` that may precede it (docs/google-api.md §2). */
export function bareJobId(id: string): string {
  return id.trim().replace(/^archiveJobs\//, '');
}

function instant(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
