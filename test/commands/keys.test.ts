/** `portage keys rotate` as an operator runs it: to AWS KMS, played by a real server, and back to VAULT_KEYS. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';

import { loadConfig } from '../../src/config';
import { dataKeys } from '../../src/database/schema';
import { openPortage, type Portage } from '../../src/portage';
import { createStage } from '../database/databases';
import { startMoto, type Moto } from '../support/moto';
import '../support/built';
import { runCommand } from '../support/command';
import { databaseSettings } from '../support/database';
import { testClient } from '../support/portage';

describe('portage keys rotate', () => {
  let kms: Moto;
  let folder: string;
  let database: Awaited<ReturnType<typeof databaseSettings>>;
  let environment: Record<string, string>;
  const credentials = { AWS_ACCESS_KEY_ID: 'test-access', AWS_SECRET_ACCESS_KEY: 'test-secret' };

  beforeAll(async () => {
    Object.assign(process.env, credentials);
    kms = await startMoto();
    database = await databaseSettings();
    folder = mkdtempSync(join(tmpdir(), 'portage-keys-'));
    environment = {
      DATA_DIR: folder,
      ...database.settings,
      // The key of the stage, so that its tokens can be opened.
      VAULT_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      KMS_ENDPOINT: kms.endpoint,
      GOOGLE_CLIENT_ID: testClient.clientId,
      GOOGLE_CLIENT_SECRET: testClient.clientSecret,
    };
  }, 11 * 60_000);
  afterAll(async () => {
    await kms.stop();
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** One process at a time may open an embedded database. */
  const open = async <T>(more: Record<string, string>, work: (portage: Portage) => Promise<T>): Promise<T> => {
    const portage = await openPortage(loadConfig({ ...environment, ...more }));
    try {
      return await work(portage);
    } finally {
      await portage.close();
    }
  };
  const rotate = async (more: Record<string, string>) => {
    const { code, output } = await runCommand(['keys', 'rotate'], { ...environment, ...credentials, ...more });
    return { exitCode: code, output };
  };

  it('brings data keys into KMS and back; each opens the other’s values, and nothing is lost', async () => {
    const client = new KMSClient({ region: 'eu-central-1', endpoint: kms.endpoint });
    const arn = (await client.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
    const { consentId, key } = await open({}, async (portage) => {
      await portage.database.migrate();
      const made = await createStage(portage.database.db, portage.vault).consent();
      return { consentId: made, key: await portage.dataKeys.create(made, portage.now()) };
    });
    for (const [more, begins] of [
      [{ KMS_KEY_ARN: arn }, `kms/${arn}.`],
      [{}, 'k1.'],
    ] as const) {
      const { exitCode, output } = await rotate(more);
      expect(output).toContain('data keys: 1 sealed anew, 0 were already');
      expect(exitCode).toBe(0);
      await open(more, async ({ database, dataKeys: keys }) => {
        const [row] = await database.db.select().from(dataKeys);
        expect(row?.sealedKey?.startsWith(begins)).toBe(true);
        expect(await keys.open(consentId)).toEqual(key);
      });
    }
    const away = await rotate({ KMS_KEY_ARN: arn, KMS_ENDPOINT: 'http://127.0.0.1:9' });
    expect(away.exitCode).toBe(1);
    expect(away.output).toContain('AWS KMS does not seal or open data keys');
  });
});
