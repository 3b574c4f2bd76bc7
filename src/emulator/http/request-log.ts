/** The log of received requests, in order, without tokens, codes, secrets or signatures. */
import type { Clock } from '../clock';

export const methodNames = [
  'authorize',
  'token',
  'revoke',
  'initiate',
  'state',
  'retry',
  'cancel',
  'check',
  'reset',
  'download',
  'connections',
  'unknown',
] as const;

export type MethodName = (typeof methodNames)[number];

/** The facts about a request before it takes effect. */
export interface Identity {
  clientId?: string | undefined;
  accountId?: string | undefined;
  /** The consent whose token came with it. */
  grantId?: string | undefined;
  jobId?: string | undefined;
  resources?: string[] | undefined;
  /** Details worth keeping: the body of initiate, the grant type of token, the range of a download. Never secrets. */
  details?: Record<string, unknown> | undefined;
}

export interface LoggedRequest extends Identity {
  number: number;
  /** Arrival on the emulator's clock. */
  at: string;
  method: MethodName;
  verb: string;
  path: string;
  /** Names of the query parameters; their values may be secrets. */
  query: string[];
  /** Whether an Authorization header came with it. */
  authorized: boolean;
  /** Set once the answer left, `cut` when the connection was cut instead. */
  status?: number | 'cut';
  /** How many bytes of the answer's body were sent. */
  bytesSent?: number;
  fault?: string;
}

export interface RequestLog {
  begin(entry: Omit<LoggedRequest, 'number' | 'at'>): LoggedRequest;
  entries(): LoggedRequest[];
  clear(): void;
}

const kept = 50_000;

export function createRequestLog(clock: Clock, listener?: (entry: LoggedRequest) => void): RequestLog {
  let entries: LoggedRequest[] = [];
  let number = 0;
  return {
    begin: (seen) => {
      number += 1;
      const entry: LoggedRequest = { number, at: clock.iso(), ...seen };
      entries.push(entry);
      if (entries.length > kept) entries = entries.slice(-kept / 2);
      listener?.(entry);
      return entry;
    },
    entries: () => entries,
    clear: () => {
      entries = [];
    },
  };
}
