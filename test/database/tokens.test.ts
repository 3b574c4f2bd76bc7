// The tokens of a consent: sealed, exchanged by one caller at a time, replaced by a renewal, all with the grant's end.
import { eq } from 'drizzle-orm';

import { hashSecret, newSecret } from '../../src/database/random-secrets';
import { tokens as tokenTable } from '../../src/database/schema';
import type { Exchange, GrantTokens } from '../../src/database/tokens';
import { at, later, onEveryDatabase, type Stage } from './databases';

const twenty = <T>(action: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 20 }, (_, index) => action(index)));

const fresh: GrantTokens = { accessToken: 'access-2', accessTokenExpiresAt: later(120), refreshToken: undefined };
const day = 24 * 60;

const rowOf = async ({ db }: Stage, id: string) =>
  (await db.select().from(tokenTable).where(eq(tokenTable.consentId, id)))[0];

/** An exchange that is due, at the 50th minute, for fresh tokens without a word on the grant's end. */
const exchangeFor = (changes: Partial<Exchange> & { endsAt?: Date; tokens?: GrantTokens } = {}): Exchange => ({
  at: later(50),
  isDue: () => true,
  prepare: () => Promise.resolve(),
  exchange: () => Promise.resolve({ tokens: changes.tokens ?? fresh, refreshTokenExpiresAt: changes.endsAt }),
  ...changes,
});

const renewals = async (stage: Stage, id: string) =>
  (await stage.eventsOf(id)).filter(({ type }) => type === 'consent.renewed');

onEveryDatabase((story) => {
  describe('the tokens of a consent', () => {
    story('D42: are nowhere in plain text', async (stage) => {
      const grant = { accessToken: `ya29.${newSecret()}`, refreshToken: `1//${newSecret()}` };
      const id = await stage.consent({ tokens: { ...grant, accessTokenExpiresAt: later(60) } });
      const rows = await stage.everyRow();
      expect(rows).toContain(id);
      for (const token of [grant.accessToken, grant.refreshToken]) {
        expect(rows).not.toContain(token);
        expect(rows).not.toContain(hashSecret(token));
        expect(rows).not.toContain(Buffer.from(token).toString('base64url').slice(0, 40));
        expect(rows).not.toContain(Buffer.from(token).toString('hex'));
      }
    });

    story('do not open when their row is given to another consent', async (stage) => {
      const [one, two] = [await stage.consent(), await stage.consent()];
      const stolen = await rowOf(stage, one);
      await stage.db
        .update(tokenTable)
        .set({ sealedAccessToken: stolen?.sealedAccessToken ?? '' })
        .where(eq(tokenTable.consentId, two));
      await expect(stage.tokens.find(two)).rejects.toMatchObject({ code: 'VAULT_SEAL_BROKEN' });
    });

    story('D36: keep the refresh token when Google’s answer has none', async (stage) => {
      const id = await stage.consent();
      const exchanged = await stage.tokens.exchange(id, exchangeFor());
      expect(exchanged).toEqual({ ...fresh, refreshToken: 'refresh-1', googleClientId: null });
      expect(await stage.tokens.find(id)).toEqual({ ...fresh, refreshToken: 'refresh-1', googleClientId: null });
      await stage.tokens.exchange(id, exchangeFor({ tokens: { ...fresh, refreshToken: 'refresh-2' } }));
      expect(await stage.tokens.find(id)).toMatchObject({ refreshToken: 'refresh-2' });
    });

    story('may be without a refresh token from the start, and are not exchanged then (Q9)', async (stage) => {
      const id = await stage.consent({ tokens: fresh });
      expect(await stage.tokens.find(id)).toEqual({ ...fresh, googleClientId: null });
      const exchange = () => Promise.reject(new Error('there is nothing to exchange'));
      expect(await stage.tokens.exchange(id, exchangeFor({ exchange }))).toEqual({ ...fresh, googleClientId: null });
    });

    story('D36: are exchanged once when twenty ask at once', async (stage) => {
      const id = await stage.consent();
      let refreshes = 0;
      const request = exchangeFor({
        isDue: ({ accessToken }) => accessToken === 'access-1',
        exchange: async () => {
          refreshes += 1;
          await new Promise((resolve) => setTimeout(resolve, 20));
          return { tokens: fresh, refreshTokenExpiresAt: undefined };
        },
      });
      const answers = await twenty(() => stage.tokens.exchange(id, request));
      expect(refreshes).toBe(1);
      expect(new Set(answers.map((answer) => answer?.accessToken))).toEqual(new Set(['access-2']));
    });

    story('stay as they were when the exchange fails, and when none is due', async (stage) => {
      const id = await stage.consent();
      const before = await rowOf(stage, id);
      const failing = exchangeFor({ exchange: () => Promise.reject(new Error('no answer')) });
      await expect(stage.tokens.exchange(id, failing)).rejects.toThrow('no answer');
      const notDue = exchangeFor({ isDue: () => false });
      expect(await stage.tokens.exchange(id, notDue)).toMatchObject({ accessToken: 'access-1' });
      expect(await rowOf(stage, id)).toEqual(before);
    });

    story('are not requested once they are deleted', async (stage) => {
      const id = await stage.consent();
      await stage.consents.end(id, 'completed', undefined, at);
      const exchange = () => Promise.reject(new Error('it was asked'));
      expect(await stage.tokens.exchange(id, exchangeFor({ exchange }))).toBeUndefined();
      expect(await stage.tokens.find(id)).toBeUndefined();
    });

    story('may be renewed or deleted while they are exchanged, and stay so', async (stage) => {
      const endsAt = later(60 * day);
      const renewed = { ...fresh, accessToken: 'access-3', refreshToken: 'refresh-3' };
      const id = await stage.consent({ endsAt: later(30 * day) });
      const duringRenewal = exchangeFor({
        endsAt: later(10 * day),
        exchange: async () => {
          expect(await stage.tokens.renew(id, { tokens: renewed, endsAt, at })).toBe(true);
          return { tokens: fresh, refreshTokenExpiresAt: later(10 * day) };
        },
      });
      expect(await stage.tokens.exchange(id, duringRenewal)).toEqual({ ...renewed, googleClientId: null });
      expect(await stage.consents.find(id)).toMatchObject({ endsAt });
      const newest = { ...renewed, accessToken: 'access-4' };
      const refusedDuringRenewal = exchangeFor({
        exchange: async () => {
          await stage.tokens.renew(id, { tokens: newest, endsAt, at });
          throw new Error('the old grant is gone');
        },
      });
      expect(await stage.tokens.exchange(id, refusedDuringRenewal)).toEqual({ ...newest, googleClientId: null });
      const duringEnd = exchangeFor({
        exchange: async () => {
          await stage.consents.end(id, 'revoked', undefined, at);
          return { tokens: fresh, refreshTokenExpiresAt: undefined };
        },
      });
      expect(await stage.tokens.exchange(id, duringEnd)).toBeUndefined();
      expect(await stage.tokens.find(id)).toBeUndefined();
    });
  });

  describe('the end of a grant', () => {
    const before = later(30 * day);

    story('moves with the answer to a refresh: a later end is a renewal (Q6)', async (stage) => {
      const id = await stage.consent({ endsAt: before });
      const endsAt = later(200 * day);
      await stage.tokens.exchange(id, exchangeFor({ endsAt }));
      expect(await stage.consents.find(id)).toMatchObject({ endsAt, state: 'active' });
      expect(await renewals(stage, id)).toMatchObject([
        {
          createdAt: later(50),
          data: { endsAt: endsAt.toISOString(), before: before.toISOString() },
        },
      ]);
    });

    story('may become earlier, which is no renewal', async (stage) => {
      const id = await stage.consent({ endsAt: before });
      await stage.tokens.exchange(id, exchangeFor({ endsAt: later(7 * day) }));
      expect(await stage.consents.find(id)).toMatchObject({ endsAt: later(7 * day) });
      expect(await renewals(stage, id)).toEqual([]);
    });

    story('is learned where it was not known, which is no renewal', async (stage) => {
      const id = await stage.consent();
      await stage.tokens.exchange(id, exchangeFor({ endsAt: before }));
      expect(await stage.consents.find(id)).toMatchObject({ endsAt: before });
      expect(await renewals(stage, id)).toEqual([]);
    });

    story('stays when a refresh states the same one, give or take the way of the answer, or none', async (stage) => {
      const id = await stage.consent({ endsAt: before });
      for (const endsAt of [new Date(before.getTime() + 59_000), new Date(before.getTime() - 59_000), undefined]) {
        await stage.tokens.exchange(id, exchangeFor(endsAt === undefined ? {} : { endsAt }));
        expect(await stage.consents.find(id)).toMatchObject({ endsAt: before });
      }
      expect(await renewals(stage, id)).toEqual([]);
    });
  });

  describe('a renewal by a new grant', () => {
    const [before, endsAt] = [later(30 * day), later(210 * day)];
    const granted = { ...fresh, refreshToken: 'refresh-2' };

    story('puts tokens, end and event in place at once, and a repeat adds nothing (Q6)', async (stage) => {
      const id = await stage.consent({ endsAt: before });
      const renewal = { tokens: granted, endsAt, at: later(9) };
      expect(await stage.tokens.renew(id, renewal)).toBe(true);
      expect(await stage.tokens.renew(id, renewal)).toBe(true);
      expect(await stage.tokens.find(id)).toEqual({ ...granted, googleClientId: null });
      expect(await stage.consents.find(id)).toMatchObject({ endsAt, state: 'active' });
      expect(await renewals(stage, id)).toMatchObject([
        { createdAt: later(9), data: { endsAt: endsAt.toISOString(), before: before.toISOString() } },
      ]);
    });

    story('keeps the refresh token when the new grant has none', async (stage) => {
      const id = await stage.consent({ endsAt: before });
      await stage.tokens.renew(id, { tokens: fresh, endsAt, at });
      expect(await stage.tokens.find(id)).toEqual({ ...fresh, refreshToken: 'refresh-1', googleClientId: null });
    });

    story('comes too late for a consent that is ending or has ended', async (stage) => {
      const [ending, ended] = [await stage.consent({ endsAt: before }), await stage.consent({ endsAt: before })];
      await stage.consents.beginEnding(ending);
      await stage.consents.end(ended, 'expired', undefined, at);
      for (const id of [ending, ended]) {
        const known = [await stage.tokens.find(id), await stage.consents.find(id)];
        expect(await stage.tokens.renew(id, { tokens: granted, endsAt, at })).toBe(false);
        expect([await stage.tokens.find(id), await stage.consents.find(id)]).toEqual(known);
        expect(await renewals(stage, id)).toEqual([]);
      }
    });
  });
});
