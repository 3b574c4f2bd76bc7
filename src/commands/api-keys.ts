/** `portage api-keys`: the keys with which host apps call the API. */
import { Command } from 'commander';

import { withPortage, type CommandContext } from './context';

export function apiKeysCommand(context: CommandContext): Command {
  const command = new Command('api-keys').description(
    'make, list and revoke the keys with which host apps call the API',
  );

  command
    .command('create <host-app>')
    .description('make a key; it is shown once and stored only as a hash')
    .option('--no-confirmation', 'make a host app that does not have to confirm its connect sessions (docs/api.md)')
    .action((name: string, made: { confirmation: boolean }) =>
      withPortage(context, async ({ hostApps }) => {
        const { key, keyId, hostApp } = await hostApps.createApiKey(name, made);
        context.terminal.remarks.write(`Key ${keyId} of ${hostApp.name} (${hostApp.id}); it is not shown again:\n`);
        if (!hostApp.requiresConfirmation) {
          context.terminal.remarks.write(
            `${hostApp.name} does not have to confirm its connect sessions; see "portage host-apps set --help".\n`,
          );
        }
        context.terminal.out.write(`${key}\n`);
      }),
    );

  command
    .command('list')
    .description('list the ids, dates and host apps of the keys, without the secrets')
    .action(() =>
      withPortage(context, async ({ hostApps }) => {
        for (const { id, hostApp, createdAt, revokedAt } of await hostApps.listApiKeys()) {
          const state = revokedAt === null ? 'active' : `revoked ${revokedAt.toISOString()}`;
          context.terminal.out.write(`${id}  ${createdAt.toISOString()}  ${state}  ${hostApp}\n`);
        }
      }),
    );

  command
    .command('revoke <key-id>')
    .description('revoke a key; it stops working immediately')
    .action((keyId: string) =>
      context.untilSignalled(() =>
        withPortage(context, async ({ hostApps, now }) => {
          const isRevoked = await hostApps.revokeApiKey(keyId, now());
          if (isRevoked) context.terminal.out.write(`Key ${keyId} is revoked.\n`);
          else context.terminal.remarks.write(`There is no active key ${keyId}; see "portage api-keys list".\n`);
          return isRevoked ? 0 : 1;
        }),
      ),
    );

  return command;
}
