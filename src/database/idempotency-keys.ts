/**
 * Requests that came with an idempotency key, and what was answered.
 *
 * An answer may hold a secret, such as a connect link, or the host app's id of a user. So the database has neither the key nor
 * the request, only HMACs of them, and the answer is sealed with a key that is derived from the idempotency key and from a
 * secret of this installation, which the vault seals. Whoever has the database cannot open it, not even with the vault's
 * keys: only the host app has the idempotency key. `portage keys rotate` seals the secret anew, so that answers stay as they are.
 * When a user or a consent is deleted, the answers about it are removed at once (data-deletion/forget-user.ts).
 */
import { createHmac, hkdfSync, randomUUID } from 'node:crypto';

import { and, eq, inArray, lt, sql } from 'drizzle-orm';

import { answerKeptMs, runsAtMostMs } from '../domain/idempotency';
import { createVault } from '../vault';
import type { Database } from './database';
import type { OwnSecrets } from './own-secrets';
import { connectSessions, consents, idempotencyKeys } from './schema';

export type IdempotencyKeyStore = ReturnType<typeof createIdempotencyKeyStore>;

export interface KeyedRequest {
  readonly hostAppId: string;
  readonly key: string;
  /** Method, address and body: what has to be the same when the key is. */
  readonly content: string;
}

/** What is known of a request's key. */
export type KeyState =
  /** It is to be carried out. */
  | { readonly kind: 'begun'; readonly run: string }
  /** It was carried out, and answered so. */
  | { readonly kind: 'answered'; readonly answer: string }
  | { readonly kind: 'running' }
  /** The key came with another request. */
  | { readonly kind: 'other' }
  /** What it was about was deleted since. */
  | { readonly kind: 'deleted' };

const keyBytes = 32;
/** Separates what is put together in one HMAC; no key has it. */
const separator = '\n';

export function createIdempotencyKeyStore(db: Database, secrets: Pick<OwnSecrets, 'open'>) {
  const table = idempotencyKeys;
  const hmac = async (...texts: string[]): Promise<string> =>
    createHmac('sha256', await secrets.open('idempotency'))
      .update(texts.join(separator))
      .digest('hex');
  const idOf = ({ hostAppId, key }: KeyedRequest) => hmac('key', hostAppId, key);
  const sealerOf = async ({ hostAppId, key }: KeyedRequest) => {
    const info = ['portage idempotency answer', hostAppId, key].join(separator);
    const derived = hkdfSync('sha256', await secrets.open('idempotency'), Buffer.alloc(0), info, keyBytes);
    return createVault([{ id: 'request', key: Buffer.from(derived) }]);
  };
  const placeOf = (id: string) => `idempotency_keys/${id}/sealed_answer`;

  return {
    /** Takes the key for this request, unless it is taken. Of several at once, one begins. */
    async begin(request: KeyedRequest, at: Date): Promise<KeyState> {
      const [id, fingerprint] = [await idOf(request), await hmac('content', request.content)];
      const run = randomUUID();
      const fresh = { hostAppId: request.hostAppId, fingerprint, run, startedAt: at };
      const isOver = lt(table.startedAt, new Date(at.getTime() - answerKeptMs));
      const isLost = and(
        sql`${table.endedAt} is null`,
        eq(table.fingerprint, fingerprint),
        lt(table.startedAt, new Date(at.getTime() - runsAtMostMs)),
      );
      const [begun] = await db
        .insert(table)
        .values({ id, ...fresh })
        .onConflictDoUpdate({
          target: table.id,
          set: { ...fresh, endedAt: null, sealedAnswer: null, about: null },
          setWhere: sql`${isOver} or (${isLost})`,
        })
        .returning({ run: table.run });
      if (begun !== undefined) return { kind: 'begun', run };
      const [known] = await db.select().from(table).where(eq(table.id, id));
      // Given back in this moment, by a request that failed.
      if (known === undefined) return { kind: 'running' };
      if (known.fingerprint !== fingerprint) return { kind: 'other' };
      if (known.endedAt === null) return { kind: 'running' };
      if (known.sealedAnswer === null) return { kind: 'deleted' };
      return { kind: 'answered', answer: (await sealerOf(request)).open(known.sealedAnswer, placeOf(id)) };
    },

    /**
     * Keeps the answer, unless the user whom it is about was deleted in the meantime.
     *
     * @param about the connect session or the consent that the request was about
     */
    async keepAnswer(
      request: KeyedRequest,
      { run, answer, about, at }: { run: string; answer: string; about: string | undefined; at: Date },
    ): Promise<void> {
      const id = await idOf(request);
      const sealedAnswer = (await sealerOf(request)).seal(answer, placeOf(id));
      await db.transaction(async (tx) => {
        const isDeleted = about !== undefined && (await isUserForgotten(tx, about));
        await tx
          .update(table)
          .set({ sealedAnswer: isDeleted ? null : sealedAnswer, about: about ?? null, endedAt: at })
          .where(and(eq(table.id, id), eq(table.run, run)));
      });
    },

    /** The request failed, and may come again with its key. */
    async giveBack(request: KeyedRequest, run: string): Promise<void> {
      await db.delete(table).where(and(eq(table.id, await idOf(request)), eq(table.run, run)));
    },
  };
}

/** Whether the user of this connect session or consent was deleted; until the end of `tx` nobody is deleted meanwhile. */
async function isUserForgotten(tx: Database, about: string): Promise<boolean> {
  const of = about.startsWith('cns_') ? connectSessions : consents;
  const [row] = await tx.select({ userId: of.userId }).from(of).where(eq(of.id, about)).for('share');
  return row?.userId === null;
}

/** Removes answers about connect sessions and consents. @param tx the transaction that deletes what they are about */
export async function removeAnswers(tx: Database, about: readonly string[]): Promise<void> {
  if (about.length === 0) return;
  await tx
    .update(idempotencyKeys)
    .set({ sealedAnswer: null })
    .where(inArray(idempotencyKeys.about, [...about]));
}
