/**
 * Settings with which server and worker do not start, since they would put personal data at risk. Other commands refuse
 * the unsafe connections that they would open.
 */
import { isIP } from 'node:net';

import type { Config } from './config';
import { ConfigError } from './config-error';
import { databaseHost, isEncrypted } from './database-transport';
import type { UnsafeSetting } from './value-formats';

/** 32 random bytes have at least this many different values in all but one of more than 10^12 keys. */
const differentBytes = 20;

/** @returns each unsafe setting of a configuration, with the fault and the remedy */
export function findUnsafe(config: UnsafeConfig): Map<UnsafeSetting, string> {
  const { google, publicUrl, vaultKeys, temporal } = config;
  const unsafe = new Map<UnsafeSetting, string>();
  const { emulatorUrl } = google;
  if (emulatorUrl !== undefined && !isLoopback(new URL(emulatorUrl).hostname)) {
    unsafe.set(
      'emulator',
      `GOOGLE_EMULATOR_URL is set to ${emulatorUrl}, which gets every token in place of Google; unset it`,
    );
  }
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'http:' && !isPrivate(hostname)) {
    unsafe.set(
      'plain-http',
      `PUBLIC_URL is ${publicUrl}, so others can read links and cookies in the network; use https`,
    );
  }
  const weak = vaultKeys.filter(({ key }) => new Set(key).size < differentBytes).map(({ id }) => id);
  if (weak.length > 0) {
    unsafe.set(
      'weak-vault-key',
      `VAULT_KEYS holds a key that is not random (${weak.join(', ')}); make one with: echo "k1:$(openssl rand -base64 32)"`,
    );
  }
  const temporalHost = temporal.address.replace(/:\d+$/, '');
  if (temporal.payloads === 'readable' && !isPrivate(temporalHost)) {
    unsafe.set(
      'readable-payloads',
      `TEMPORAL_PAYLOADS is "readable", and ${temporal.address} may be on the internet; set it to "encrypted"`,
    );
  }
  return new Map([...unsafe, ...findPlainConnections(config)]);
}

/** Connections that others in the network could read and change, with passwords, user ids and, for KMS, data keys. */
function findPlainConnections({
  databaseUrl,
  databaseOwnerUrl,
  storage,
  kms,
}: ConnectionConfig): Map<UnsafeSetting, string> {
  const unsafe = new Map<UnsafeSetting, string>();
  const plain = [plainDatabase('DATABASE_URL', databaseUrl), plainDatabase('DATABASE_OWNER_URL', databaseOwnerUrl)];
  const plainDatabases = plain.filter((words) => words !== undefined);
  if (plainDatabases.length > 0) unsafe.set('database-without-tls', plainDatabases.join('; '));
  const s3 = storage.kind === 's3' ? plainOrigin(storage.endpoint) : undefined;
  if (s3 !== undefined) {
    unsafe.set(
      'storage-without-tls',
      `STORAGE_URL has the endpoint ${s3}, so others can read requests in the network and change them; use https`,
    );
  }
  const kmsOrigin = plainOrigin(kms.endpoint);
  if (kmsOrigin !== undefined) {
    unsafe.set(
      'kms-without-tls',
      `KMS_ENDPOINT is ${kmsOrigin}, so others can read data keys in the network; use https`,
    );
  }
  return unsafe;
}

/** @returns what is wrong with a connection string that leads to another machine without TLS, and what helps */
function plainDatabase(variable: string, url: string | undefined): string | undefined {
  if (url === undefined || isEncrypted(url)) return undefined;
  const host = databaseHost(url);
  // A host that begins with a slash is the path of a Unix socket.
  if (host.startsWith('/') || isLoopback(host)) return undefined;
  return `${variable} ${host === '' ? 'names no host' : `leads to ${host}`}, and does not require TLS with a verified certificate; add ?sslmode=verify-full to it`;
}

/** @returns the address, without user and password, if it is without TLS and not on this machine */
function plainOrigin(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const { protocol, hostname, origin } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname) ? origin : undefined;
}

export type ConnectionConfig = Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'storage' | 'kms' | 'allowedUnsafe'>;
export type UnsafeConfig = ConnectionConfig & Pick<Config, 'google' | 'publicUrl' | 'vaultKeys' | 'temporal'>;

/**
 * For server and worker.
 *
 * @throws ConfigError naming each unsafe setting that `ALLOW_UNSAFE` does not name
 */
export function refuseUnsafe(config: UnsafeConfig): void {
  refuse(findUnsafe(config), config);
}

/**
 * For every other command that opens the database, the storage or KMS.
 *
 * @throws ConfigError as {@link refuseUnsafe}, naming each connection without TLS
 */
export function refusePlainConnections(config: ConnectionConfig): void {
  refuse(findPlainConnections(config), config);
}

function refuse(unsafe: ReadonlyMap<UnsafeSetting, string>, { allowedUnsafe }: ConnectionConfig): void {
  const refused = [...unsafe].filter(([setting]) => !allowedUnsafe.includes(setting));
  if (refused.length === 0) return;
  throw new ConfigError(
    refused.map(([setting, words]) => `${words}. To start anyway, add "${setting}" to ALLOW_UNSAFE`),
  );
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/**
 * Hosts that are not reachable from the internet: by address (RFC 1918, RFC 4193), or by a name without a public
 * suffix.
 */
function isPrivate(host: string): boolean {
  if (isLoopback(host)) return true;
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 4) return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(bare);
  if (isIP(bare) === 6) return /^f[cd]/i.test(bare);
  return !bare.includes('.') || /\.(?:internal|local|svc)$/i.test(bare);
}
