/**
 * The host of a `DATABASE_URL`, and whether the connection is encrypted: as the package `pg` reads connection strings
 * (https://node-postgres.com/features/ssl), where the last value of a repeated parameter counts.
 */

/** In `pg` 8, all of them verify the certificate and the host's name. `prefer` is not here: its name allows no TLS. */
const verifyingModes = new Set(['require', 'verify-ca', 'verify-full']);
/** With `uselibpqcompat=true`, `require` accepts every certificate. */
const strictModes = new Set(['verify-ca', 'verify-full']);

/**
 * @returns the host in lower case, the path of a folder with a Unix socket, or an empty text when the URL names none
 */
export function databaseHost(url: string): string {
  const { hostname, searchParams } = new URL(url);
  return (lastOf(searchParams, 'host') ?? hostname).toLowerCase().replaceAll('%2f', '/');
}

/** @returns whether PostgreSQL is reached with TLS only, and only when its certificate is valid for its host */
export function isEncrypted(url: string): boolean {
  const { searchParams } = new URL(url);
  const mode = lastOf(searchParams, 'sslmode');
  const modes = lastOf(searchParams, 'uselibpqcompat') === 'true' ? strictModes : verifyingModes;
  if (mode !== undefined) return modes.has(mode);
  return ['true', '1'].includes(lastOf(searchParams, 'ssl') ?? '');
}

/** An empty value counts as unset. */
function lastOf(parameters: URLSearchParams, name: string): string | undefined {
  const value = parameters.getAll(name).at(-1);
  return value === '' ? undefined : value;
}
