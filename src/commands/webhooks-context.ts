/** What every subcommand of `portage webhooks` works with. */
import type { Portage } from '../portage';
import type { CommandContext } from './context';

/** What each of the commands works with. */
export interface WebhooksContext {
  readonly terminal: CommandContext['terminal'];
  /** @param work gives the exit code */
  readonly run: (work: (portage: Portage) => Promise<number>) => Promise<void>;
}

/** @returns the exit code of a command for an endpoint that is not there */
export function unknownEndpoint({ terminal }: WebhooksContext, id: string): number {
  terminal.remarks.write(`There is no webhook endpoint ${id}; see "portage webhooks list".\n`);
  return 1;
}
