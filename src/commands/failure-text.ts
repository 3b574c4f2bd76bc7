/**
 * The text that a failing command prints: a message with a remedy for a known error, the messages of all causes for
 * others.
 */
import { ConfigError } from '../config';
import { DatabaseUnusable } from '../database/open-database';
import { PortageError } from '../domain/error-codes';
import { InstanceRunning } from '../instance';
import { ListenError } from '../listener';
import { describeError, type DescribedError } from '../log';

/**
 * @param withStack adds stack traces (LOG_LEVEL=debug)
 * @returns one line or several, without secrets and without a newline at the end
 */
export function failureText(error: unknown, withStack: boolean): string {
  const described = describeError(error);
  const known = remedyOf(error);
  const words = known ?? messagesOf(described).join('\nCaused by: ');
  if (withStack) return `${words}\n${stackOf(described)}`;
  return known ?? `${words}\nWith LOG_LEVEL=debug, the command prints a stack trace.`;
}

/** Errors whose message contains the remedy. */
const inWords = [ConfigError, DatabaseUnusable, InstanceRunning, ListenError];
/** The emulator's error, by its name: a production image holds no emulator. */
const archivesUnusable = 'ArchivesUnusable';

/** The message and the remedy of a known error; undefined for all others. */
function remedyOf(error: unknown): string | undefined {
  const saysRemedy = inWords.some((kind) => error instanceof kind);
  if (error instanceof Error && (saysRemedy || error.name === archivesUnusable)) return error.message;
  if (error instanceof PortageError && error.code !== 'UNEXPECTED') return `${error.message}.\n${error.remedy}`;
  return undefined;
}

/** Some errors, such as the AggregateError of several refused connections, have a code and no message. */
function messageOf({
  type = 'Error',
  status,
  errorCode,
  message = `${type} ${String(status)}`,
}: DescribedError): string {
  return message === '' ? `${type} ${errorCode ?? ''}`.trimEnd() : message;
}

function messagesOf(error: DescribedError): string[] {
  return [messageOf(error), ...(error.cause === undefined ? [] : messagesOf(error.cause))];
}

function stackOf(error: DescribedError): string {
  const { stack = messageOf(error), cause } = error;
  return `${stack}${cause === undefined ? '' : `\nCaused by: ${stackOf(cause)}`}`;
}
