/** What is said when a command fails: words for what a person can mend, messages of the causes for the rest. */
import { ConfigError } from '../config';
import { DatabaseUnusable } from '../database/open-database';
import { PortageError } from '../domain/errors';
import { ArchivesUnusable } from '../emulator/archives/given/archives-unusable';
import { InstanceRunning } from '../instance';
import { ListenError } from '../listener';
import { describeError, type DescribedError } from '../log';

/**
 * @param withStack adds the stacks, for whoever looks for the cause in the code (LOG_LEVEL=debug)
 * @returns one line or several, without secrets and without a newline at the end
 */
export function failureText(error: unknown, withStack: boolean): string {
  const described = describeError(error);
  const known = remedyOf(error);
  const words = known ?? messagesOf(described).join('\nCaused by: ');
  if (withStack) return `${words}\n${stackOf(described)}`;
  return known ?? `${words}\nWith LOG_LEVEL=debug, the command shows where this happened.`;
}

/** Errors whose message says all that helps. */
const inWords = [ConfigError, DatabaseUnusable, ArchivesUnusable, InstanceRunning, ListenError];

/** What is known to help, with what is wrong; undefined for an error that nobody foresaw. */
function remedyOf(error: unknown): string | undefined {
  if (inWords.some((kind) => error instanceof kind)) return (error as Error).message;
  if (error instanceof PortageError && error.code !== 'UNEXPECTED') return `${error.message}.\n${error.remedy}`;
  return undefined;
}

/** Some errors, such as the one for several refused connections, have no message but a code. */
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
