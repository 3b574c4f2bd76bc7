// Keys are rotated without a byte of the storage being touched, and without a secret being lost.
import { eq } from 'drizzle-orm';

import { createDataKeys } from '../../src/database/data-keys';
import { createGoogleClientStore } from '../../src/database/google-clients';
import { rotateKeys } from '../../src/database/key-rotation';
import { dataKeys, ownSecrets, tokens } from '../../src/database/schema';
import { createTokenStore } from '../../src/database/tokens';
import { createVault } from '../../src/vault';
import { at, later, onEveryDatabase, type Stage, type Story } from './databases';

const old = { id: 'k1', key: Buffer.alloc(32, 1) };
const fresh = { id: 'k2_new', key: Buffer.alloc(32, 2) };
const both = createVault([fresh, old]);

const keysOf = (stage: Stage, vault = stage.vault) => createDataKeys(stage.db, vault, stage.audit);

onEveryDatabase((runStory) => {
  const story: Story = (sentence, check) =>
    runStory(sentence, async (stage, kind) => {
      // The stories before this one have sealed them with a key that a new stage does not have.
      await stage.db.delete(ownSecrets);
      await check(stage, kind);
    });

  describe('a rotation', () => {
    story('seals data keys and tokens again, so that the old key may be removed', async (stage) => {
      const consentIds = await Promise.all([1, 2, 3].map(() => stage.consent()));
      await createGoogleClientStore(stage.db, stage.vault).save({ clientId: '1-own', clientSecret: 'its-secret' });
      const before = await Promise.all(consentIds.map((id) => keysOf(stage).create(id, at)));

      const columns = await rotateKeys(stage.db, both, both);
      expect(columns.map(({ name }) => name)).toEqual([
        'data keys',
        'access tokens',
        'refresh tokens',
        'code verifiers',
        'held grants',
        'own secrets',
        'secrets of Google clients',
        'webhook secrets',
        'former webhook secrets',
      ]);
      for (const { resealed, unopened } of columns.slice(0, 3)) {
        expect(resealed).toBeGreaterThanOrEqual(3);
        expect(unopened).toEqual([]);
      }

      const alone = createVault([fresh]);
      const after = await Promise.all(consentIds.map((id) => keysOf(stage, alone).open(id)));
      expect(after.map((key) => key.toString('hex'))).toEqual(before.map((key) => key.toString('hex')));
      for (const id of consentIds) {
        expect(await createTokenStore(stage.db, alone).find(id)).toMatchObject({
          accessToken: 'access-1',
          refreshToken: 'refresh-1',
        });
      }
      expect(await createGoogleClientStore(stage.db, alone).secretOf('1-own')).toBe('its-secret');
      expect(await stage.everyRow()).not.toContain('"k1.');
    });

    story('may be repeated, and then has nothing to do', async (stage) => {
      await keysOf(stage).create(await stage.consent(), at);
      await rotateKeys(stage.db, both, both);
      const [dataKeyColumn] = await rotateKeys(stage.db, both, both);
      expect(dataKeyColumn).toMatchObject({ resealed: 0, unopened: [] });
      expect(dataKeyColumn?.current).toBeGreaterThanOrEqual(1);
    });

    story('leaves destroyed keys destroyed', async (stage) => {
      const consentId = await stage.consent();
      await keysOf(stage).destroy(consentId, at);
      await rotateKeys(stage.db, both, both);
      const [row] = await stage.db.select().from(dataKeys).where(eq(dataKeys.consentId, consentId));
      expect(row).toMatchObject({ sealedKey: null, destroyedAt: at });
    });

    story('keeps values that cannot be opened, names them, and continues with the rest', async (stage) => {
      const [lost, altered, good] = [await stage.consent(), await stage.consent(), await stage.consent()];
      for (const id of [lost, altered, good]) await keysOf(stage).create(id, at);
      const foreign = createVault([{ id: 'gone', key: Buffer.alloc(32, 9) }]);
      const sealedElsewhere = foreign.seal('a token', `tokens/${lost}/access_token`);
      await stage.db.update(tokens).set({ sealedAccessToken: sealedElsewhere }).where(eq(tokens.consentId, lost));
      await stage.db
        .update(tokens)
        .set({ sealedAccessToken: stage.vault.seal('moved', 'another place'), updatedAt: later(1) })
        .where(eq(tokens.consentId, altered));

      const [keys, access] = await rotateKeys(stage.db, both, both);
      expect(keys?.unopened).toEqual([]);
      expect(access?.unopened.map(({ id }) => id).sort()).toEqual([lost, altered].sort());
      expect(access?.unopened.find(({ id }) => id === lost)?.reason).toContain('gone');
      const [row] = await stage.db.select().from(tokens).where(eq(tokens.consentId, lost));
      expect(row?.sealedAccessToken).toBe(sealedElsewhere);
      expect(await createTokenStore(stage.db, createVault([fresh])).find(good)).toMatchObject({
        accessToken: 'access-1',
      });
      // Later stories find only their own rows.
      await stage.db.delete(tokens);
    });
  });
});
