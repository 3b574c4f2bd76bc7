/** `portage webhooks failures` and `replay`: lists the failed deliveries, and sends events once more. */
import { Option, type Command } from 'commander';

import { PortageError } from '../domain/error-codes';
import { audited, auditRead } from './audited';
import { table } from './table';
import { refuseUnknownEndpoint, type WebhooksContext } from './webhooks-context';

const failuresShown = 1_000;

interface ReplayOptions {
  readonly event?: string;
  readonly since?: string;
  readonly failures?: true;
}

export function addFailureCommands(command: Command, own: WebhooksContext): void {
  const { terminal, run } = own;
  command
    .command('failures [endpoint-id]')
    .description('list events that could not be delivered, with the last answer')
    .action((id: string | undefined) =>
      run(async (portage) => {
        await auditRead(portage, { action: 'webhook_endpoint.failures_listed', object: id });
        const failures = await portage.webhooks.listFailures(id, failuresShown);
        const rows = failures.map(({ delivery, event }) => {
          const last = delivery.attempts.at(-1);
          const answer = last?.status == null ? (last?.problem ?? '') : `${last.status} ${last.answer}`;
          const { endpointId, tries, endedAt } = delivery;
          return [event.id, endpointId, event.type, String(tries), endedAt?.toISOString() ?? '', answer.slice(0, 100)];
        });
        const columns = ['event', 'endpoint', 'type', 'tries', 'given up', 'last answer'];
        terminal.out.write(table(columns, rows, terminal.width));
        return 0;
      }),
    );
  command
    .command('replay <endpoint-id>')
    .description('send events to an endpoint once more, also those that it has accepted')
    .addOption(new Option('--event <event-id>', 'this event').conflicts(['since', 'failures']))
    .addOption(new Option('--since <time>', 'every event from this time on (RFC 3339)').conflicts('failures'))
    .option('--failures', 'every event that could not be delivered')
    .action((id: string, options: ReplayOptions) =>
      run(async (portage) => {
        const { webhooks, now } = portage;
        const choice = choiceOf(options);
        const entry = { action: 'webhook_endpoint.replayed', object: id } as const;
        if ((await webhooks.findEndpoint(id)) === undefined) return refuseUnknownEndpoint(portage, own, entry);
        const count = await audited(portage, entry, () => webhooks.replay(id, choice, now()));
        terminal.out.write(`${count} events are sent once more.\n`);
        return count === 0 && options.event !== undefined ? 1 : 0;
      }),
    );
}

function choiceOf({ event, since, failures }: ReplayOptions) {
  if (event !== undefined) return { eventId: event };
  if (failures === true) return 'failures' as const;
  const at = new Date(since ?? '');
  if (!Number.isNaN(at.getTime())) return { since: at };
  throw new PortageError('REQUEST_INVALID', {
    detail: 'name the events to send with --event, --since or --failures; a time is written as 2026-03-01T09:30:00Z',
  });
}
