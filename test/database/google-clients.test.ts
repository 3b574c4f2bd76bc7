// The OAuth clients of host apps: a secret stays as long as something may need it, and no longer.
import { eq } from 'drizzle-orm';

import { createGoogleClientStore } from '../../src/database/google-clients';
import { rotateKeys } from '../../src/database/key-rotation';
import { connectSessions, tokens } from '../../src/database/schema';
import { newSecret } from '../../src/database/random-secrets';
import { countSealed } from '../../src/database/vault-key-uses';
import { at, later, onEveryDatabase } from './databases';

const by = { kind: 'operator', id: 'ada' } as const;
const googleClientId = '1-own.apps.googleusercontent.com';
const client = { clientId: googleClientId, clientSecret: 'its-secret' };
const twoDays = 2 * 24 * 60;

onEveryDatabase((story) => {
  story('keeps the secret of a client that a host app, an answer of Google, or a consent needs', async (stage) => {
    const { db, vault, hostApps } = stage;
    const clients = createGoogleClientStore(db, vault);
    const name = `app ${crypto.randomUUID()}`;
    const { hostApp } = await hostApps.createApiKey(name);
    const session = await stage.session({ hostAppId: hostApp.id });
    const use = (clientId: string | null) =>
      hostApps.change(
        name,
        { googleClientId: clientId },
        { by, at, before: clientId === null ? undefined : (tx) => clients.save(client, tx) },
      );
    const isKept = async (minutes: number) => {
      expect(await clients.forgetUnused(later(minutes))).toEqual([]);
      expect(await clients.secretOf(googleClientId)).toBe('its-secret');
    };
    await use(googleClientId);
    await isKept(twoDays);

    await stage.connectSessions.start(session.id, {
      ...{ browser: newSecret(), oauthState: newSecret(), sealedCodeVerifier: 'sealed', googleClientId, at },
    });
    await use(null);
    await isKept(60);
    const holds = (sealedGrant: string | null) =>
      db.update(connectSessions).set({ sealedGrant }).where(eq(connectSessions.id, session.id));
    await holds('sealed');
    await isKept(twoDays);

    const consentId = await stage.consent({ session, googleClientId });
    await holds(null);
    await isKept(twoDays);

    await db.delete(tokens).where(eq(tokens.consentId, consentId));
    expect(await clients.forgetUnused(later(twoDays))).toEqual([googleClientId]);
    await expect(clients.secretOf(googleClientId)).rejects.toThrow('was deleted, since nothing used it');
    expect(await clients.forgetUnused(later(twoDays))).toEqual([]);
    // Nothing is sealed there any more.
    const rotated = (await rotateKeys(db, vault, vault)).find((column) => column.name === 'secrets of Google clients');
    expect(rotated).toMatchObject({ resealed: 0, current: 0, unopened: [] });
    expect([...(await countSealed(db)).keys()]).not.toContain('');
    await use(googleClientId);
    expect(await clients.secretOf(googleClientId)).toBe('its-secret');
  });
});
