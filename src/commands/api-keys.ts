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
    .action((name: string) =>
      withPortage(context, async ({ hostApps }) => {
        const { key, keyId, hostApp } = await hostApps.createApiKey(name);
        process.stderr.write(`Key ${keyId} of ${hostApp.name} (${hostApp.id}); it is not shown again:\n`);
        process.stdout.write(`${key}\n`);
      }),
    );

  command
    .command('list')
    .description('list the keys, without the keys themselves')
    .action(() =>
      withPortage(context, async ({ hostApps }) => {
        for (const { id, hostApp, createdAt, revokedAt } of await hostApps.listApiKeys()) {
          const state = revokedAt === null ? 'active' : `revoked ${revokedAt.toISOString()}`;
          process.stdout.write(`${id}  ${createdAt.toISOString()}  ${state}  ${hostApp}\n`);
        }
      }),
    );

  command
    .command('revoke <key-id>')
    .description('make a key useless at once')
    .action((keyId: string) =>
      withPortage(context, async ({ hostApps, now }) => {
        if (await hostApps.revokeApiKey(keyId, now())) process.stdout.write(`Key ${keyId} is revoked.\n`);
        else command.error(`There is no active key ${keyId}; see "portage api-keys list".`);
      }),
    );

  return command;
}
