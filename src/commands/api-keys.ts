/** `portage api-keys`: the keys with which host apps call the API. */
import { Command, InvalidArgumentError, Option } from 'commander';

import { apiKeyName, longestApiKeyName } from '../domain/api-key-limits';
import { apiKeyScopes, isApiKeyScope, usualScopes, type ApiKeyScope } from '../domain/api-key-scopes';
import type { HostApp } from '../database/host-apps';
import { auditRefusal, findOrRefuse, operatorActor } from './audited';
import type { CommandTerminal } from './command-terminal';
import { parseDuration, withPortage, type CommandContext } from './context';

interface CreateOptions {
  readonly confirmation: boolean;
  readonly scopes: readonly ApiKeyScope[];
  readonly expiresIn?: number;
  readonly name?: string;
}

const scopesOption = (text: string, usual: readonly ApiKeyScope[]) =>
  new Option('--scopes <scopes>', `${text}: ${apiKeyScopes.join(', ')}; comma-separated (docs/api.md)`)
    .argParser(parseScopes)
    .default(usual, usual.join(','));

export function apiKeysCommand(context: CommandContext): Command {
  const { out, remarks } = context.terminal;
  const command = new Command('api-keys').description(
    'make, list, rotate and revoke the keys with which host apps call the API',
  );

  command
    .command('create <host-app>')
    .description('make a key; it is shown once, and only an HMAC of it is stored')
    .addOption(scopesOption('what the key may do', usualScopes))
    .option('--expires-in <duration>', 'the key stops working after this time, such as "90 days"', parseDuration)
    .option('--name <name>', 'what the key is for, to distinguish several keys of a host app', parseName)
    .option(
      '--no-confirmation',
      'make the host app so that it does not have to confirm its connect sessions (docs/api.md)',
    )
    .action((name: string, { confirmation, scopes, expiresIn, name: keyName }: CreateOptions) =>
      withPortage(context, async ({ hostApps, now }) => {
        const at = now();
        const expiresAt = expiresIn === undefined ? undefined : new Date(at.getTime() + expiresIn);
        const { key, keyId, hostApp } = await hostApps.createApiKey(name, {
          ...{ confirmation, scopes, expiresAt, keyName, at },
          by: operatorActor(),
        });
        remarks.write(`Key ${keyId} of ${hostApp.name} (${hostApp.id}); it is not shown again:\n`);
        remarkOn(hostApp, remarks);
        out.write(`${key}\n`);
      }),
    );

  command
    .command('list')
    .description('list the keys with their scopes, dates and host apps, without the secrets')
    .action(() =>
      withPortage(context, async ({ hostApps, now }) => {
        const keys = await hostApps.listApiKeys(now());
        for (const { id, hostApp, name, scopes, state, createdAt, expiresAt, lastUsedAt, revokedAt } of keys) {
          const since = revokedAt === null ? '' : ` ${revokedAt.toISOString()}`;
          const until = untilText(expiresAt);
          const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.toISOString()}`;
          const what = name === null ? hostApp : `${hostApp}: ${name}`;
          const facts = [id, createdAt.toISOString(), `${state}${since}`, scopes.join(','), until, used, what];
          out.write(`${facts.join('  ')}\n`);
        }
        const waiting = keys.filter(({ state }) => state === 'unaccepted').length;
        if (waiting > 0) {
          remarks.write(
            `${waiting} keys are of an earlier release and refused: accept those that you know with "portage api-keys accept <key-id>", and revoke the others.\n`,
          );
        }
      }),
    );

  addRotate(command, context);
  addAccept(command, context);

  command
    .command('revoke <key-id>')
    .description('revoke a key; it stops working immediately')
    .action((keyId: string) =>
      context.untilSignalled(() =>
        withPortage(context, async (portage) => {
          const { hostApps, now } = portage;
          const isRevoked = await hostApps.revokeApiKey(keyId, now(), operatorActor());
          if (isRevoked) out.write(`Key ${keyId} is revoked.\n`);
          else {
            await auditRefusal(portage, { action: 'api_key.revoked', object: keyId }, 'NOT_FOUND');
            remarks.write(`There is no active key ${keyId}; see "portage api-keys list".\n`);
          }
          return isRevoked ? 0 : 1;
        }),
      ),
    );

  return command;
}

const untilText = (expiresAt: Date | null) =>
  expiresAt === null ? 'never expires' : `expires ${expiresAt.toISOString()}`;

function addRotate(command: Command, context: CommandContext): void {
  const { out, remarks } = context.terminal;
  command
    .command('rotate <key-id>')
    .description(
      'replace a key: make a new one with the same scopes and lifetime; the former key expires after the overlap',
    )
    .option('--overlap <duration>', 'both keys work for this long', parseDuration, parseDuration('24h'))
    .action((keyId: string, { overlap: overlapMs }: { overlap: number }) =>
      context.untilSignalled(() =>
        withPortage(context, async (portage) => {
          const { hostApps, now } = portage;
          const entry = { action: 'api_key.rotated', object: keyId } as const;
          const made = await findOrRefuse(portage, entry, () =>
            hostApps.rotateApiKey(keyId, { overlapMs, at: now(), by: operatorActor() }),
          );
          if (made === undefined) {
            await auditRefusal(portage, entry, 'NOT_FOUND');
            remarks.write(`There is no active key ${keyId}; see "portage api-keys list".\n`);
            return 1;
          }
          remarks.write(
            `Key ${made.keyId} in place of ${keyId}, which works until ${made.formerEndsAt.toISOString()}.\n`,
          );
          remarks.write(`The new key ${untilText(made.expiresAt)}. It is not shown again:\n`);
          out.write(`${made.key}\n`);
          return 0;
        }),
      ),
    );
}

function addAccept(command: Command, context: CommandContext): void {
  const { out, remarks } = context.terminal;
  command
    .command('accept <key-id>')
    .description('allow a key of an earlier release again; check first that you created this key')
    .addOption(scopesOption('what the key may do from now on', ['connect', 'read', 'manage']))
    .action((keyId: string, { scopes }: { scopes: readonly ApiKeyScope[] }) =>
      context.untilSignalled(() =>
        withPortage(context, async (portage) => {
          const { hostApps, now } = portage;
          const isAccepted = await hostApps.acceptApiKey(keyId, { scopes, at: now(), by: operatorActor() });
          if (isAccepted) out.write(`Key ${keyId} is accepted with the scopes ${scopes.join(', ')}.\n`);
          else {
            await auditRefusal(portage, { action: 'api_key.accepted', object: keyId }, 'NOT_FOUND');
            remarks.write(`No key ${keyId} waits to be accepted; see "portage api-keys list".\n`);
          }
          return isAccepted ? 0 : 1;
        }),
      ),
    );
}

function remarkOn({ name, requiresConfirmation, returnUrls }: HostApp, remarks: CommandTerminal['remarks']): void {
  if (!requiresConfirmation) {
    remarks.write(`${name} does not have to confirm its connect sessions; see "portage host-apps set --help".\n`);
  }
  if (returnUrls.length === 0) {
    remarks.write(
      `Anyone with the key can send users to any https address after Google; limit that with "portage host-apps set --return-urls".\n`,
    );
  }
}

function parseName(text: string): string {
  if (text !== '' && text.length <= longestApiKeyName && apiKeyName.test(text)) return text;
  throw new InvalidArgumentError(`Give 1 to ${longestApiKeyName} characters, without invisible ones.`);
}

function parseScopes(text: string): ApiKeyScope[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const scopes = names.filter(isApiKeyScope);
  if (scopes.length !== names.length || scopes.length === 0) {
    throw new InvalidArgumentError(`It contains a scope other than ${apiKeyScopes.join(', ')}.`);
  }
  return scopes;
}
