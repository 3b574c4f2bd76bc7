/** One structured line per fact; secrets are taken out by key before a line is written. */
import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Keys whose values never reach a line, at the top and up to three levels down. */
const secretKeys = [
  'access_token',
  'accessToken',
  'authorization',
  'Authorization',
  'client_secret',
  'clientSecret',
  'code_verifier',
  'codeVerifier',
  'cookie',
  'refresh_token',
  'refreshToken',
  'token',
  'url',
  'urls',
];

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
      redact: {
        paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]),
        censor: '[secret]',
      },
      serializers: { err: describeError },
    },
    destination,
  );
}

/**
 * An error as a log line shows it: names, codes and stack, with signed queries and bearer values removed. Properties of
 * foreign errors are left out, since Google's client puts whole requests there.
 */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: withoutSecrets(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    ...(code === undefined ? {} : { errorCode: code }),
    message: withoutSecrets(error.message),
    stack: withoutSecrets(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** Takes out what looks like a query string of a URL, a bearer token or one of Google's token formats. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/(https?:\/\/[^\s?"']+)\?[^\s"']*/g, '$1?[secret]')
    .replace(/Bearer\s+[\w.~+/=-]+/gi, 'Bearer [secret]')
    .replace(/\b(ya29\.|1\/\/|4\/)[\w.~+/-]{8,}/g, '[secret]');
}
