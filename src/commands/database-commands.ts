/**
 * The subcommands that use the database and end; a running instance can execute them. Each one is loaded when it is
 * called.
 */
import type { LoadCommand } from './program';

export const databaseCommands: Readonly<Record<string, LoadCommand>> = {
  migrate: async (context) => (await import('./migrate.js')).migrateCommand(context),
  verify: async (context) => (await import('./verify.js')).verifyCommand(context),
  records: async (context) => (await import('./records.js')).recordsCommand(context),
  keys: async (context) => (await import('./keys.js')).keysCommand(context),
  audit: async (context) => (await import('./audit.js')).auditCommand(context),
  retention: async (context) => (await import('./retention.js')).retentionCommand(context),
  consents: async (context) => (await import('./consents.js')).consentsCommand(context),
  webhooks: async (context) => (await import('./webhooks.js')).webhooksCommand(context),
  users: async (context) => (await import('./users.js')).usersCommand(context),
  'host-apps': async (context) => (await import('./host-apps.js')).hostAppsCommand(context),
  'api-keys': async (context) => (await import('./api-keys.js')).apiKeysCommand(context),
};
