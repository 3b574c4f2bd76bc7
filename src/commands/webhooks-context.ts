/** What every subcommand of `portage webhooks` works with. */
import type { AuditAction } from '../domain/audit';
import type { Portage } from '../portage';
import { auditRefusal } from './audited';
import type { CommandContext } from './context';

/** What each of the commands works with. */
export interface WebhooksContext {
  readonly terminal: CommandContext['terminal'];
  /** @param work gives the exit code */
  readonly run: (work: (portage: Portage) => Promise<number>) => Promise<void>;
}

/** Records and says that there is no such endpoint. @returns the exit code */
export async function refuseUnknownEndpoint(
  portage: Portage,
  { terminal }: WebhooksContext,
  { action, object }: { readonly action: AuditAction; readonly object: string },
): Promise<number> {
  await auditRefusal(portage, { action, object }, 'NOT_FOUND');
  terminal.remarks.write(`There is no webhook endpoint ${object}; see "portage webhooks list".\n`);
  return 1;
}
