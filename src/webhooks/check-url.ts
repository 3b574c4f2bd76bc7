/** Decides whether events may be sent to an address that a host app or an operator named. */
import { isIP } from 'node:net';

import { PortageError } from '../domain/error-codes';
import { isInNetworks, isPublic } from '../network/allowed-addresses';

const longestUrl = 2_000;

/**
 * @param networks private networks that the operator allows (WEBHOOK_PRIVATE_NETWORKS)
 * @throws PortageError `WEBHOOK_URL_REFUSED`: only https is allowed, and plain http to this machine where the operator allows
 * its loopback addresses
 */
export function checkWebhookUrl(text: string, networks: readonly string[]): URL {
  if (text.length > longestUrl) throw refused(`it is longer than ${longestUrl} characters`);
  if (!URL.canParse(text)) throw refused('it is not a URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw refused('it holds a user name or a password');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLoopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  const loopback = host === 'localhost' ? '127.0.0.1' : host;
  const isPlainAllowed = url.protocol === 'http:' && isLoopback && isInNetworks(loopback, networks);
  if (url.protocol !== 'https:' && !isPlainAllowed) throw refused('it does not begin with https://');
  // An address in place of a name is never looked up, so it is checked here.
  if (isIP(host) !== 0 && !isAllowedAddress(host, networks)) throw refused(`${host} is not a public address`);
  return url;
}

export function isAllowedAddress(address: string, networks: readonly string[]): boolean {
  return isPublic(address) || isInNetworks(address, networks);
}

export function refused(detail: string): PortageError {
  return new PortageError('WEBHOOK_URL_REFUSED', { detail });
}
