/** Settings with which server and worker do not start, since they would put personal data at risk. */
import { isIP } from 'node:net';

import type { Config } from './config';
import { ConfigError } from './config-error';
import type { UnsafeSetting } from './value-formats';

/** 32 random bytes have at least this many different values in all but one of more than 10^12 keys. */
const differentBytes = 20;

/** @returns each unsafe setting of a configuration, with what is wrong and what helps */
export function findUnsafe({ google, publicUrl, vaultKeys, temporal }: UnsafeConfig): Map<UnsafeSetting, string> {
  const found = new Map<UnsafeSetting, string>();
  const { emulatorUrl } = google;
  if (emulatorUrl !== undefined && !isLoopback(new URL(emulatorUrl).hostname)) {
    found.set(
      'emulator',
      `GOOGLE_EMULATOR_URL is set to ${emulatorUrl}, which gets every token in place of Google; unset it`,
    );
  }
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'http:' && !isPrivate(hostname)) {
    found.set(
      'plain-http',
      `PUBLIC_URL is ${publicUrl}, so others can read links and cookies in the network; use https`,
    );
  }
  const weak = vaultKeys.filter(({ key }) => new Set(key).size < differentBytes).map(({ id }) => id);
  if (weak.length > 0) {
    found.set(
      'weak-vault-key',
      `VAULT_KEYS holds a key that is not random (${weak.join(', ')}); make one with: echo "k1:$(openssl rand -base64 32)"`,
    );
  }
  const temporalHost = temporal.address.replace(/:\d+$/, '');
  if (temporal.payloads === 'readable' && !isPrivate(temporalHost)) {
    found.set(
      'readable-payloads',
      `TEMPORAL_PAYLOADS is "readable", and ${temporal.address} may be on the internet; set it to "encrypted"`,
    );
  }
  return found;
}

export type UnsafeConfig = Pick<Config, 'google' | 'publicUrl' | 'vaultKeys' | 'temporal' | 'allowedUnsafe'>;

/**
 * @throws ConfigError naming each unsafe setting that `ALLOW_UNSAFE` does not name
 */
export function refuseUnsafe(config: UnsafeConfig): void {
  const refused = [...findUnsafe(config)].filter(([setting]) => !config.allowedUnsafe.includes(setting));
  if (refused.length === 0) return;
  throw new ConfigError(
    refused.map(([setting, words]) => `${words}. To start anyway, add "${setting}" to ALLOW_UNSAFE`),
  );
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** Hosts that nobody reaches from the internet: by address (RFC 1918, RFC 4193), or by a name that has no public suffix. */
function isPrivate(host: string): boolean {
  if (isLoopback(host)) return true;
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 4) return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(bare);
  if (isIP(bare) === 6) return /^f[cd]/i.test(bare);
  return !bare.includes('.') || /\.(?:internal|local|svc)$/i.test(bare);
}
