// `portage webhooks` as an operator types it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadConfig } from '../../src/config';
import { openPortage } from '../../src/portage';
import { runCommand } from '../support/command';
import { databaseSettings } from '../support/database';
import { testClient, testVaultKeys } from '../support/portage';

let folder: string;
let database: Awaited<ReturnType<typeof databaseSettings>>;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await databaseSettings();
  folder = mkdtempSync(join(tmpdir(), 'portage-webhooks-'));
  environment = {
    ...{ DATA_DIR: folder, VAULT_KEYS: testVaultKeys, ...database.settings },
    ...{ GOOGLE_CLIENT_ID: testClient.clientId, GOOGLE_CLIENT_SECRET: testClient.clientSecret },
  };
  const portage = await openPortage(loadConfig(environment));
  await portage.database.migrate();
  await portage.hostApps.createApiKey('Diary');
  await portage.close();
});
afterAll(async () => {
  await database.remove();
  rmSync(folder, { recursive: true, force: true });
});

const type = (...words: string[]) => runCommand(['webhooks', ...words], environment);

it('an endpoint is made, listed, tested, replayed, given new secrets, disabled and enabled', async () => {
  const made = await type('create', 'Diary', 'https://diary.example/hooks', '--types', 'export.ready, consent.ended');
  expect(made.output).toMatch(/^Webhook endpoint whe_\w+\n.*whsec_[\w+/=]{44}\n.*whpk_[\w+/=]{44}\n$/);
  const id = /whe_\w+/.exec(made.output)?.[0] ?? '';

  const tested = await type('test', id);
  const eventId = /evt_\w+/.exec(tested.output)?.[0] ?? '';
  expect(tested.output).toContain('is sent as soon as');
  expect(await type('replay', id, '--event', eventId)).toEqual({ code: 0, output: '1 events are sent once more.\n' });
  expect(await type('replay', id, '--since', '2020-01-01T00:00:00Z')).toEqual({
    ...{ code: 0, output: '0 events are sent once more.\n' },
  });
  expect(await type('replay', id, '--failures')).toEqual({ code: 0, output: '0 events are sent once more.\n' });
  expect(await type('failures')).toMatchObject({ code: 0 });

  const rotated = await type('rotate-secret', id, '--overlap', '2h');
  expect(rotated.output).toContain('whsec_');
  expect(rotated.output).not.toContain(/whsec_\S+/.exec(made.output)?.[0]);

  expect((await type('disable', id)).output).toBe(`${id} is disabled.\n`);
  expect((await type('list')).output).toMatch(/disabled \(operator\).*export\.ready, consent\.ended.*https:\/\/diary/);
  expect((await type('enable', id)).output).toBe(`${id} is enabled.\n`);
  expect((await type('list')).output).not.toContain('whsec_');

  const log = await runCommand(['audit', 'export'], environment);
  const entries = log.output.split('\n').filter((line) => line.includes('webhook_endpoint.'));
  expect(entries.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual(
    [
      ...['created', 'tested', 'replayed', 'replayed', 'replayed', 'failures_listed'],
      ...['secrets_rotated', 'disabled', 'enabled'],
    ].map((change) => `webhook_endpoint.${change}`),
  );
  expect(entries.join('\n')).not.toContain('/hooks');
});

it.each([
  ['a private address', ['create', 'Diary', 'https://10.1.2.3/'], '10.1.2.3 is not a public address'],
  [
    'an unknown type',
    ['create', 'Diary', 'https://a.example/', '--types', 'export.read'],
    '"export.read" is no event type',
  ],
  ['an unknown host app', ['create', 'Dairy', 'https://a.example/'], 'There is no host app Dairy'],
  ['an unknown endpoint', ['test', 'whe_none'], 'There is no webhook endpoint whe_none'],
  ['nothing to replay', ['replay', 'whe_none'], '--event, --since or --failures'],
])('%s is refused', async (_what, words, message) => {
  const { code, output } = await type(...words);
  expect(output).toContain(message);
  expect(code).not.toBe(0);
});
