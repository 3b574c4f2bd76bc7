/** Which addresses may be connected to, checked for every connection: a name may lead anywhere (docs/known-defects.md D45). */
import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

import ipaddr from 'ipaddr.js';

/** Resolves a name to addresses. */
export type AddressesOf = (hostname: string) => Promise<LookupAddress[]>;

/** Private, loopback, link-local, multicast, mapped and every other special range are refused (RFC 6890). */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6, only 2000::/3 is allocated (https://www.iana.org/assignments/ipv6-address-space).
  return parsed instanceof ipaddr.IPv4 || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
}

/** @param networks as CIDR, such as `10.0.0.0/8` */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some((network) => {
    const [range, bits] = ipaddr.parseCIDR(network);
    return range.kind() === parsed.kind() && parsed.match([range, bits]);
  });
}

/**
 * The lookup of an HTTP client that uses a name only if every address of it is allowed. An address in place of a name
 * is not looked up, so callers that accept addresses have to check them.
 *
 * @param refusal the error for a name that has another address
 * @param addressesOf resolves names; the system's resolver by default
 */
export function guardedLookup(
  isAllowed: (address: string) => boolean,
  refusal: (hostname: string) => Error,
  addressesOf: AddressesOf = systemAddresses,
): LookupFunction {
  return (hostname, options, callback) => {
    addressesOf(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => isAllowed(address)))
          callback(refusal(hostname), '', 0);
        else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (cause: unknown) => callback(cause as Error, '', 0),
    );
  };
}

function systemAddresses(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });
}
