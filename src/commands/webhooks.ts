/** `portage webhooks`: where the events of host apps are sent, which deliveries failed, and sending events again. */
import { Command } from 'commander';

import { PortageError } from '../domain/error-codes';
import { eventTypeNames, type EventType } from '../domain/states';
import { checkWebhookUrl } from '../webhooks/check-url';
import { publicKeyOf, type WebhookSecrets } from '../webhooks/sign';
import { audited, auditRefusal, findOrRefuse } from './audited';
import { parseDuration, withPortage, type CommandContext } from './context';
import { table } from './table';
import { addFailureCommands } from './webhook-failures';
import { refuseUnknownEndpoint, type WebhooksContext } from './webhooks-context';

export function webhooksCommand(context: CommandContext): Command {
  const command = new Command('webhooks').description(
    'set where events are sent, list failed deliveries, and send events again',
  );
  const { terminal } = context;
  const own: WebhooksContext = { terminal, run: (work) => context.untilSignalled(() => withPortage(context, work)) };
  addCreateCommand(command, own);
  addListCommand(command, own);
  addSecretCommand(command, own);
  addSwitchCommands(command, own);
  addFailureCommands(command, own);
  return command;
}

function secretLines(secrets: WebhookSecrets): string {
  return [
    `Secret for v1 (HMAC), shown only now:  ${secrets.hmac}`,
    `Public key for v1a (ed25519):          ${publicKeyOf(secrets)}`,
    '',
  ].join('\n');
}

function parseTypes(text: string): EventType[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !eventTypeNames.includes(name as EventType));
  if (unknown === undefined) return names as EventType[];
  throw new PortageError('REQUEST_INVALID', {
    detail: `"${unknown}" is no event type; the types are ${eventTypeNames.join(', ')}`,
  });
}

function addCreateCommand(command: Command, { terminal, run }: WebhooksContext): void {
  command
    .command('create <host-app> <url>')
    .description('send the events of a host app to an address from now on; prints the secret that verifies them')
    .option('--types <types>', 'only events of these types, comma-separated')
    .action((name: string, url: string, { types }: { types?: string }) =>
      run(async (portage) => {
        const { hostApps, webhooks, config, now } = portage;
        const hostApp = (await hostApps.list()).find((each) => each.name === name || each.id === name);
        if (hostApp === undefined) {
          await auditRefusal(portage, { action: 'webhook_endpoint.created' }, 'NOT_FOUND');
          terminal.remarks.write(`There is no host app ${name}; see "portage host-apps list".\n`);
          return 1;
        }
        const action = 'webhook_endpoint.created';
        const { origin } = await findOrRefuse(portage, { action, details: { hostAppId: hostApp.id } }, () =>
          checkWebhookUrl(url, config.webhookPrivateNetworks),
        );
        const eventTypes = types === undefined ? undefined : parseTypes(types);
        // The path may contain a secret of the host app.
        const details = { hostAppId: hostApp.id, origin };
        const { endpoint, secrets } = await audited(portage, { action, details }, () =>
          webhooks.createEndpoint({ hostAppId: hostApp.id, url, eventTypes, at: now() }),
        );
        terminal.out.write(`Webhook endpoint ${endpoint.id}\n${secretLines(secrets)}`);
        return 0;
      }),
    );
}

function addListCommand(command: Command, { terminal, run }: WebhooksContext): void {
  command
    .command('list')
    .description('list the endpoints of all host apps')
    .action(() =>
      run(async ({ hostApps, webhooks }) => {
        const names = new Map((await hostApps.list()).map(({ id, name }) => [id, name]));
        const rows = (await webhooks.listEndpoints()).map((each) => [
          each.id,
          names.get(each.hostAppId) ?? each.hostAppId,
          each.disabledReason === null ? each.state : `${each.state} (${each.disabledReason})`,
          each.failingSince?.toISOString() ?? '',
          each.eventTypes?.join(', ') ?? 'all',
          each.url,
        ]);
        const columns = ['id', 'host app', 'state', 'failing since', 'types', 'url'];
        terminal.out.write(table(columns, rows, terminal.width));
        return 0;
      }),
    );
}

function addSecretCommand(command: Command, own: WebhooksContext): void {
  command
    .command('rotate-secret <endpoint-id>')
    .description('sign with new secrets; the old ones sign as well until the overlap ends')
    .option(
      '--overlap <duration>',
      'how long the old secrets stay valid, such as "2h"; with "0" they end now',
      parseDuration,
      24 * 3_600_000,
    )
    .action((id: string, { overlap }: { overlap: number }) =>
      own.run(async (portage) => {
        const { webhooks, now } = portage;
        const entry = { action: 'webhook_endpoint.secrets_rotated', object: id } as const;
        if ((await webhooks.findEndpoint(id)) === undefined) return refuseUnknownEndpoint(portage, own, entry);
        const secrets = await audited(portage, entry, () => webhooks.rotateSecrets(id, overlap, now()));
        if (secrets === undefined) return refuseUnknownEndpoint(portage, own, entry);
        own.terminal.out.write(secretLines(secrets));
        return 0;
      }),
    );
}

function addSwitchCommands(command: Command, own: WebhooksContext): void {
  const { terminal, run } = own;
  command
    .command('test <endpoint-id>')
    .description('send an event webhook_endpoint.test to this endpoint')
    .action((id: string) =>
      run(async (portage) => {
        const { webhooks, now } = portage;
        const entry = { action: 'webhook_endpoint.tested', object: id } as const;
        if ((await webhooks.findEndpoint(id)) === undefined) return refuseUnknownEndpoint(portage, own, entry);
        const eventId = await audited(portage, entry, () => webhooks.testEndpoint(id, now()));
        if (eventId === undefined) return refuseUnknownEndpoint(portage, own, entry);
        terminal.out.write(`${eventId} is sent as soon as a worker runs and the endpoint is enabled.\n`);
        return 0;
      }),
    );
  command
    .command('enable <endpoint-id>')
    .description('start sending to an endpoint again, beginning with the events that it has not accepted')
    .action((id: string) =>
      run(async (portage) => {
        const { webhooks, now } = portage;
        const entry = { action: 'webhook_endpoint.enabled', object: id } as const;
        if ((await webhooks.findEndpoint(id)) === undefined) return refuseUnknownEndpoint(portage, own, entry);
        await audited(portage, entry, () => webhooks.enableEndpoint(id, now()));
        terminal.out.write(`${id} is enabled.\n`);
        return 0;
      }),
    );
  command
    .command('disable <endpoint-id>')
    .description('send nothing more to an endpoint; the events that it has not accepted are kept')
    .action((id: string) =>
      run(async (portage) => {
        const { webhooks, now } = portage;
        const entry = { action: 'webhook_endpoint.disabled', object: id } as const;
        if ((await webhooks.findEndpoint(id)) === undefined) return refuseUnknownEndpoint(portage, own, entry);
        const isNew = await audited(portage, entry, () => webhooks.disableEndpoint(id, 'operator', now()));
        terminal.out.write(`${id} ${isNew ? 'is' : 'was already'} disabled.\n`);
        return 0;
      }),
    );
}
