/** The context of every subcommand of `portage webhooks`. */
import type { AuditAction } from '../domain/audit';
import type { Portage } from '../portage';
import { auditRefusal } from './audited';
import type { CommandContext } from './context';

/** The context of each of the commands. */
export interface WebhooksContext {
  readonly terminal: CommandContext['terminal'];
  /** @param work returns the exit code */
  readonly run: (work: (portage: Portage) => Promise<number>) => Promise<void>;
}

/** Records and prints that the endpoint does not exist. @returns the exit code */
export async function refuseUnknownEndpoint(
  portage: Portage,
  { terminal }: WebhooksContext,
  { action, object }: { readonly action: AuditAction; readonly object: string },
): Promise<number> {
  await auditRefusal(portage, { action, object }, 'NOT_FOUND');
  terminal.remarks.write(`There is no webhook endpoint ${object}; see "portage webhooks list".\n`);
  return 1;
}
