/** One structured line per fact; secrets are removed before a line is written, wherever they are in it. */
import { DrizzleQueryError } from 'drizzle-orm/errors';
import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Keys whose values never reach a line, at any depth; compared without case, `-` and `_`. */
const secretKeys = new Set([
  'accesstoken',
  'apikey',
  'authorization',
  'clientsecret',
  'codeverifier',
  'connecturl',
  'cookie',
  'idtoken',
  'password',
  'refreshtoken',
  'secret',
  'secretaccesskey',
  'secrets',
  'sessiontoken',
  'setcookie',
  'token',
  'url',
  'urls',
  'vaultkeys',
]);

/** The depth at which objects are cut; this also ends circular objects. */
const maxDepth = 8;

/**
 * @param level least severe line that is written
 * @param destination where lines go; standard error by default, so that standard output stays for results
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: (fields) => cleanedFields(fields), bindings: (fields) => cleanedFields(fields) },
      // In place of pino's own serializer, which would add the fields that describeError left out.
      serializers: { err: (described: unknown) => described },
      // Messages and values are cleaned as text, whatever the names of their fields are.
      hooks: { streamWrite: withoutSecrets },
    },
    destination,
  );
}

function cleanedFields(fields: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const isSecret = secretKeys.has(key.toLowerCase().replace(/[-_]/g, '')) && value !== undefined;
      return [key, isSecret ? '[secret]' : cleaned(value, depth + 1)];
    }),
  );
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value, depth);
  if ('toJSON' in value && typeof value.toJSON === 'function') return value;
  if (depth > maxDepth) return '[deeper]';
  return Array.isArray(value) ? value.map((item) => cleaned(item, depth + 1)) : cleanedFields(value, depth);
}

/** An error without secrets and without personal data. */
export interface DescribedError {
  readonly type?: string;
  readonly status?: unknown;
  readonly errorCode?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

/**
 * An error as a log line or a terminal shows it: names, codes and stack, with signed queries and bearer values removed.
 * Properties of foreign errors are left out, since Google's client puts whole requests there and the database's driver
 * the values of rows.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { message: withoutSecrets(String(error)) };
  // Google's client puts the whole answer into message and stack, and requests with tokens into other properties.
  if ('config' in error) return { type: error.name, status: 'status' in error ? error.status : undefined };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const { message, stack } = wordsOf(error);
  return {
    type: error.name,
    ...(code === undefined ? {} : { errorCode: code }),
    message: withoutSecrets(message),
    stack: withoutSecrets(stack),
    ...(error.cause === undefined || depth > maxDepth ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}

/** The error's message without quotations: libraries put values of rows and pieces of files into their messages. */
function wordsOf(error: Error): { readonly message: string; readonly stack: string } {
  const message = withoutQuotes(error);
  return { message, stack: (error.stack ?? error.message).replace(error.message, () => message) };
}

function withoutQuotes(error: Error): string {
  // Drizzle's message contains the values that were sent with the query.
  if (error instanceof DrizzleQueryError) return `Failed query: ${error.query}`;
  // JSON.parse quotes the text around the fault. Compared by name, as an error of another thread has another class.
  return error.name === 'SyntaxError' ? error.message.replace(/".*"/s, '[text]') : error.message;
}

/** JSON writes a line break as a backslash and a letter. This letter does not belong to the text after it. */
const afterBreak = String.raw`(?<=\\[bfnrt])`;
const start = String.raw`(?:\b|${afterBreak})`;
/**
 * Matches a text without a prefix that looks like 32 or more random bytes. Words and ids do not meet all of these
 * conditions.
 *
 * @param characters the content of a character class
 */
const random = (characters: string, length: string) => {
  const has = (what: string) => `(?=[${characters}]{0,42}${what})`;
  const isStart = `(?:(?<![-+~\\w\\\\])|${afterBreak})`;
  return new RegExp(`${isStart}${has('[a-z]')}${has('[A-Z]')}${has('(?:\\d|[A-Z]{2})')}[${characters}]${length}`, 'g');
};

/**
 * The forms of secrets, and their replacements. Quotes and backslashes end a match, so that a line of JSON stays valid.
 */
const secretForms: readonly (readonly [RegExp, string])[] = [
  [/(https?:\/\/[^\s?"'\\]+)\?[^\s"'\\]*/g, '$1?[secret]'],
  // In a link without its host, and in settings of a connection.
  [
    /\b((?:X-(?:Goog|Amz)-(?:Signature|Credential|Security-Token)|password|client_secret|(?:access|refresh)_token)=)[^\s&;,"'\\]+/gi,
    '$1[secret]',
  ],
  [/Bearer\s+[\w.~+/=-]+/gi, 'Bearer [secret]'],
  // By their prefixes: Google's, API keys, and secrets that sign webhooks.
  [new RegExp(`${start}(?:ya29\\.|1//|4/|GOCSPX-|ptg_|pk_|whsec_|whsk_)[\\w.~+/-]{8,}=*`, 'g'), '[secret]'],
  // Tokens with claims, such as a key of Temporal Cloud.
  [new RegExp(`${start}eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*`, 'g'), '[secret]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]{1,5000}?-----END [A-Z ]*PRIVATE KEY-----/g, '[secret]'],
  // Links, cookies, states, codes and verifiers; keys in base64.
  [random('-\\w~', '{43,}'), '[secret]'],
  [random('\\w+/', '{43}='), '[secret]'],
  // Name and password of a URL, such as a database's.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"'\\]*@/gi, '$1[secret]@'],
];

/** Removes every text that has the form of a secret that Portage issues or handles. */
export function withoutSecrets(text: string): string {
  return secretForms.reduce((left, [form, rest]) => left.replace(form, rest), text);
}
