/**
 * Requests with an idempotency key, and their answers.
 *
 * An answer may hold a secret, such as a connect link, or the host app's id of a user. So the database contains neither
 * the key nor the request, only HMACs of them, and the answer is sealed with a key that is derived from the idempotency
 * key and from a secret of this installation, which the vault seals. A copy of the database does not open it, not even
 * with the vault's keys: only the host app has the idempotency key. `portage keys rotate` seals the secret with the new
 * key, so that answers stay valid. When a user or a consent is deleted, the answers about it are removed immediately
 * (data-deletion/forget-user.ts).
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
  /** Method, address and body, which must be the same for the same key. */
  readonly content: string;
}

/** The state of a request's key. */
export type KeyState =
  /** The request has to be carried out. */
  | { readonly kind: 'begun'; readonly run: string }
  /** The request was carried out, with this answer. */
  | { readonly kind: 'answered'; readonly answer: string }
  | { readonly kind: 'running' }
  /** The key was used with another request. */
  | { readonly kind: 'other' }
  /** The subject of the request was deleted since. */
  | { readonly kind: 'deleted' };

const keyBytes = 32;
/** Separates the inputs of one HMAC; no key contains it. */
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
    /** Reserves the key for this request, unless it is in use. Of several requests at the same time, one begins. */
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
      // A request that failed has just released the key.
      if (known === undefined) return { kind: 'running' };
      if (known.fingerprint !== fingerprint) return { kind: 'other' };
      if (known.endedAt === null) return { kind: 'running' };
      if (known.sealedAnswer === null) return { kind: 'deleted' };
      return { kind: 'answered', answer: (await sealerOf(request)).open(known.sealedAnswer, placeOf(id)) };
    },

    /**
     * Stores the answer, unless the user that it is about was deleted in the meantime.
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

    /** The request failed, so its key is released and may be used again. */
    async release(request: KeyedRequest, run: string): Promise<void> {
      await db.delete(table).where(and(eq(table.id, await idOf(request)), eq(table.run, run)));
    },
  };
}

/**
 * Whether the user of this connect session or consent was deleted; the lock prevents a deletion until the end of `tx`.
 */
async function isUserForgotten(tx: Database, about: string): Promise<boolean> {
  const subjects = about.startsWith('cns_') ? connectSessions : consents;
  const [row] = await tx.select({ userId: subjects.userId }).from(subjects).where(eq(subjects.id, about)).for('share');
  return row?.userId === null;
}

/** Removes answers about connect sessions and consents. @param tx the transaction that deletes them */
export async function removeAnswers(tx: Database, about: readonly string[]): Promise<void> {
  if (about.length === 0) return;
  await tx
    .update(idempotencyKeys)
    .set({ sealedAnswer: null })
    .where(inArray(idempotencyKeys.about, [...about]));
}
