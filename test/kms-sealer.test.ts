// Data keys under a key that never leaves AWS KMS, played by a real server.
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { eq } from 'drizzle-orm';

import type { OpenDatabase } from '../src/database/database';
import { openTestDatabase } from './support/database';
import { createDataKeys } from '../src/database/data-keys';
import { rotateKeys } from '../src/database/key-rotation';
import { dataKeys, tokens } from '../src/database/schema';
import { createDataKeySealer } from '../src/kms-sealer';
import { createVault } from '../src/vault';
import { at, createStage, type Stage } from './database/databases';
import { startMoto, type Moto } from './support/moto';

const region = 'eu-central-1';
const vault = createVault([{ id: 'k1', key: Buffer.alloc(32, 1) }]);
/** The server for tests answers slowly on a busy machine, but it answers. */
const patientLimits = { connectMs: 60_000, tryMs: 60_000, callMs: 120_000 };

describe('sealing with KMS', () => {
  let kms: Moto;
  let client: KMSClient;
  let database: OpenDatabase;
  let stage: Stage;

  beforeAll(async () => {
    // Where the SDK looks for credentials; the server for tests takes any.
    process.env['AWS_ACCESS_KEY_ID'] = 'test-access';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test-secret';
    kms = await startMoto();
    client = new KMSClient({ region, endpoint: kms.endpoint });
    database = await openTestDatabase();
    stage = createStage(database.db);
  }, 11 * 60_000);
  afterAll(async () => {
    await database.close();
    await kms.stop();
  });

  const newKey = async (): Promise<string> => (await client.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
  const sealerOf = (keyArn: string | undefined) =>
    createDataKeySealer(vault, { keyArn, endpoint: kms.endpoint }, patientLimits);
  const rowOf = async (consentId: string) => {
    const [row] = await stage.db.select().from(dataKeys).where(eq(dataKeys.consentId, consentId));
    return row?.sealedKey ?? '';
  };

  it('seals values that only KMS opens, in their own place only', async () => {
    const arn = await newKey();
    const sealer = sealerOf(arn);
    const sealed = await sealer.seal('a data key', 'data_keys/con_1/key');
    expect(sealed.startsWith(`kms/${arn}.`)).toBe(true);
    expect(sealer.isCurrent(sealed)).toBe(true);
    expect(await sealer.open(sealed, 'data_keys/con_1/key')).toBe('a data key');
    await expect(sealer.open(sealed, 'data_keys/con_2/key')).rejects.toMatchObject({ code: 'VAULT_SEAL_BROKEN' });
    const altered = `${sealed.slice(0, -8)}${sealed.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA'}`;
    await expect(sealer.open(altered, 'data_keys/con_1/key')).rejects.toMatchObject({ code: 'VAULT_SEAL_BROKEN' });
    await expect(sealer.open('kms/nonsense', 'data_keys/con_1/key')).rejects.toMatchObject({
      code: 'VAULT_SEAL_BROKEN',
    });
    expect(() => vault.open(sealed, 'data_keys/con_1/key')).toThrow();
  });

  it('keeps data keys as long as the key in KMS exists', async () => {
    const arn = await newKey();
    const keys = createDataKeys(stage.db, sealerOf(arn), stage.audit);
    const consentId = await stage.consent();
    const made = await Promise.all([1, 2, 3].map(() => keys.create(consentId, at)));
    expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await keys.open(consentId)).toEqual(made[0]);
    expect(await stage.everyRow()).not.toContain(made[0]?.toString('base64'));
    // As when the key was deleted: this server still opens with a disabled key.
    await fetch(`${kms.endpoint}/moto-api/reset`, { method: 'POST' });
    await expect(keys.open(consentId)).rejects.toMatchObject({ code: 'KMS_UNAVAILABLE', retryable: true });
  });

  it('is a step that is repeated while KMS is unreachable', async () => {
    const arn = await newKey();
    const away = createDataKeySealer(vault, { keyArn: arn, endpoint: 'http://127.0.0.1:9' });
    const refused = createDataKeys(stage.db, away, stage.audit).create(await stage.consent(), at);
    await expect(refused).rejects.toMatchObject({
      code: 'KMS_UNAVAILABLE',
      message: expect.stringContaining('ECONNREFUSED') as unknown,
    });
    const unknown = `${arn.slice(0, arn.lastIndexOf('/'))}/00000000-0000-0000-0000-000000000000`;
    await expect(sealerOf(unknown).seal('a data key', 'a place')).rejects.toMatchObject({
      code: 'KMS_UNAVAILABLE',
      message: expect.stringContaining('NotFoundException') as unknown,
    });
  });

  it('is begun, changed and ended by rotations that keep every data key and leave tokens with the vault', async () => {
    const [first, second] = [await newKey(), await newKey()];
    await stage.db.delete(dataKeys);
    await stage.db.delete(tokens);
    const consentId = await stage.consent();
    const key = await createDataKeys(stage.db, vault, stage.audit).create(consentId, at);
    for (const [arn, begins] of [
      [first, `kms/${first}.`],
      [second, `kms/${second}.`],
      [undefined, 'k1.'],
    ] as const) {
      const sealer = sealerOf(arn);
      const [keyColumn, tokenColumn] = await rotateKeys(stage.db, vault, sealer);
      expect(keyColumn).toMatchObject({ resealed: 1, unopened: [] });
      expect(tokenColumn).toMatchObject({ resealed: 0, current: 1 });
      expect((await rowOf(consentId)).startsWith(begins)).toBe(true);
      expect(await createDataKeys(stage.db, sealer, stage.audit).open(consentId)).toEqual(key);
      expect((await rotateKeys(stage.db, vault, sealer))[0]).toMatchObject({ resealed: 0, current: 1 });
    }
  });
});
