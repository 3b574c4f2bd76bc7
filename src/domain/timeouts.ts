/** The limits on waiting for each peer; docs/limits-on-waiting.md has the table. */

/** All in milliseconds, except for numbers of connections and bytes. */
export interface DatabaseLimits {
  /** Connections of one process. */
  readonly connections: number;
  /** For a new connection, and for one of the pool to become free. */
  readonly connectMs: number;
  /** For a statement on the server. */
  readonly statementMs: number;
  /** For a statement and its answer on this side: over a dead connection, the server's own limit never arrives. */
  readonly queryMs: number;
  /** Between two statements of a transaction; longer than a call to Google, which a token exchange waits for. */
  readonly idleInTransactionMs: number;
  /** An unused connection is closed after this long. */
  readonly idleMs: number;
  /** No connection is used for longer, so that the process follows a database that moved. */
  readonly lifetimeMs: number;
  /** A connection without traffic is probed after this time. */
  readonly keepAliveMs: number;
}

export interface TemporalLimits {
  /** The interval of keepalive probes, and the time limit for their answer. */
  readonly keepAliveMs: number;
  readonly keepAliveAnswerMs: number;
  /** Longest pause between two tries to connect. */
  readonly reconnectMs: number;
  /**
   * For one call of the server: a request must not wait for a Temporal server that does not answer; the housekeeping
   * does the work later.
   */
  readonly callMs: number;
}

export interface StorageLimits {
  readonly connectMs: number;
  /** Without a single byte in either direction. */
  readonly idleMs: number;
  /** For a request with its answer, even if bytes arrive. */
  readonly wholeMs: number;
}

export interface GoogleLimits {
  /** For a call to OAuth or the API, including its connection and the answer's body. */
  readonly callMs: number;
  /** For a download: to connect, until the answer begins, without a byte, and for a whole range. */
  readonly connectMs: number;
  readonly headersMs: number;
  readonly idleMs: number;
  readonly rangeMs: number;
}

export interface KmsLimits {
  readonly connectMs: number;
  /** For one try, from the first byte to the last. */
  readonly tryMs: number;
  /** For a call with all its tries. */
  readonly callMs: number;
}

export interface ReadinessLimits {
  /** Pause between two checks of everything that a process needs. */
  readonly everyMs: number;
  /** The longest pause while a check fails. */
  readonly retryMs: number;
  /** For one check. */
  readonly withinMs: number;
  /** In bytes, not milliseconds: less free space than this on a local disk is a fault. */
  readonly freeBytes: number;
}

export interface Limits {
  readonly database: DatabaseLimits;
  readonly temporal: TemporalLimits;
  readonly storage: StorageLimits;
  readonly google: GoogleLimits;
  readonly kms: KmsLimits;
  /** For a webhook, from the beginning of the connection until enough of the answer is read. */
  readonly webhookMs: number;
  readonly readiness: ReadinessLimits;
  /** For each check that `/readyz` repeats. */
  readonly readyMs: number;
  /** A step without an answer of a peer, a byte or a record for this long is cancelled and repeated. */
  readonly progressMs: number;
}

const second = 1_000;
const minute = 60 * second;

export const usualLimits: Limits = {
  database: {
    connections: 10,
    connectMs: 10 * second,
    statementMs: 30 * second,
    queryMs: 35 * second,
    idleInTransactionMs: minute,
    idleMs: 30 * second,
    lifetimeMs: 30 * minute,
    keepAliveMs: 10 * second,
  },
  temporal: { keepAliveMs: 15 * second, keepAliveAnswerMs: 10 * second, reconnectMs: 5 * second, callMs: 3 * second },
  storage: { connectMs: 5 * second, idleMs: 30 * second, wholeMs: 4 * minute },
  google: {
    callMs: 30 * second,
    connectMs: 10 * second,
    headersMs: 30 * second,
    idleMs: minute,
    rangeMs: 10 * minute,
  },
  kms: { connectMs: 3 * second, tryMs: 4 * second, callMs: 10 * second },
  webhookMs: 15 * second,
  readiness: { everyMs: minute, retryMs: 10 * second, withinMs: 10 * second, freeBytes: 256 * 1024 ** 2 },
  readyMs: 2 * second,
  progressMs: 5 * minute,
};
