/** Audit entries for the acts of a user's browser. They name only its network, since entries outlive the data. */
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

import type { NewAuditEntry } from '../database/audit-log';
import type { ServerDependencies } from './dependencies';

/** Parts of an address that lead to a network and not to a household. */
const ipv4Bits = 24;
const ipv6Bits = 48;

/** Logs an entry that could not be written; the user's request continues. */
export async function auditBrowser(
  { auditLog, logger, now }: Pick<ServerDependencies, 'auditLog' | 'logger' | 'now'>,
  request: Request,
  entry: Omit<NewAuditEntry, 'actor' | 'address' | 'at'>,
): Promise<void> {
  try {
    await auditLog.append({ ...entry, actor: { kind: 'browser' }, address: networkOf(request.ip), at: now() });
  } catch (err) {
    const { action, object, consentId } = entry;
    logger.error({ err, action, object, consentId }, 'a user’s request could not be written to the audit log');
  }
}

/** @returns such as `203.0.113.0/24`; undefined when the text is no address */
export function networkOf(address: string | undefined): string | undefined {
  if (address === undefined || !ipaddr.isValid(address)) return undefined;
  const known = ipaddr.process(address);
  const [network, bits] =
    known.kind() === 'ipv4'
      ? [ipaddr.IPv4.networkAddressFromCIDR(`${known.toString()}/${ipv4Bits}`), ipv4Bits]
      : [ipaddr.IPv6.networkAddressFromCIDR(`${known.toString()}/${ipv6Bits}`), ipv6Bits];
  return `${network.toString()}/${bits}`;
}
