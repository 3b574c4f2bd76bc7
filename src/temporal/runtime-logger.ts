/** Writes the messages of Temporal's runtime to the log, with one warning a minute while Temporal does not answer. */
import type { LogLevel, LogMetadata, Logger as RuntimeLogger } from '@temporalio/worker';

import type { Logger } from '../log';
import { outageWarningsOf } from '../limit-outage-warnings';

/** Internal handles of the SDK, which are useless to an operator. */
const innerFields = new Set(['taskToken', 'isLocal', 'namespace', 'activityId', 'workflowRunId', 'error']);

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * The runtime's core repeats each failed call and logs each failure: with several task queues, dozens of calls wait for
 * tasks at the same time. The message quotes the answer as `Status { code: Unavailable, … }`.
 */
const outage = /Status \{ code: (?:Unavailable|DeadlineExceeded|Cancelled|ResourceExhausted)\b/;

export function createRuntimeLogger(logger: Logger): RuntimeLogger {
  const warnings = outageWarningsOf(logger);
  const log = (level: LogLevel, message: string, meta?: LogMetadata) => {
    if (isOutage(level, message, meta)) {
      warnings.warn('TEMPORAL_UNAVAILABLE', fieldsOf(meta), `Temporal does not answer: ${message}`);
    } else logger[levels[level]](fieldsOf(meta), message);
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}

function isOutage(level: LogLevel, message: string, meta: LogMetadata = {}): boolean {
  if ((level !== 'WARN' && level !== 'ERROR') || meta['sdkComponent'] !== 'core') return false;
  return [message, meta['error'], meta['details']].some((text) => typeof text === 'string' && outage.test(text));
}

/** The ids of the workflow and the step; `error` becomes `err`, for the serializer that removes secrets. */
function fieldsOf(meta: LogMetadata = {}): Record<string, unknown> {
  const fields = Object.fromEntries(Object.entries(meta).filter(([name]) => !innerFields.has(name)));
  return meta['error'] === undefined ? fields : { ...fields, err: meta['error'] };
}
