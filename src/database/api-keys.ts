/**
 * API keys. A key is shown once. Its row holds an HMAC of the key and an HMAC of its rights, so that write access to
 * the database is not enough to make a key or to extend its rights.
 */
import { and, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';

import { isEarlierApiKey, isWellFormedApiKey, newApiKey } from './api-key-format';
import { removeOldKeys, requireActiveMaker, requireRoomForKey } from './api-key-maker';
import { usualScopes, type ApiKeyScope } from '../domain/api-key-scopes';
import type { AuditActor } from '../domain/audit';
import { PortageError } from '../domain/error-codes';
import type { AuditRecorder } from './audit-log';
import { isReplaced, keyHashOf, plainHash, rowMacOf, stateOf, type ApiKeyRow } from './api-key-row';
import { builtOnce, type Database } from './database';
import { hostAppKeyQueries } from './host-app-api-keys';
import { newId } from './ids';
import type { OwnSecrets } from './own-secrets';
import type { HostApp } from './rows';
import { apiKeys, hostApps } from './schema';

/** The key of an authenticated request. */
export interface ApiKeyAccess {
  readonly hostApp: HostApp;
  readonly keyId: string;
  readonly scopes: readonly ApiKeyScope[];
}

export interface NewApiKey {
  /**
   * Whether a host app that is created with this key has to confirm its connect sessions; an existing one is not
   * changed.
   */
  readonly confirmation?: boolean;
  /** By default `connect` and `read`. */
  readonly scopes?: readonly ApiKeyScope[];
  readonly expiresAt?: Date | undefined;
  /** The name that the operator or the host app gave the key. */
  readonly keyName?: string | undefined;
  readonly by?: AuditActor;
  /** From where a request for it came. */
  readonly address?: string | undefined;
  readonly at?: Date;
}

/** The last use of a key is stored with this precision. */
const useKnownToMs = 60_000;

const system: AuditActor = { kind: 'system' };

/** @param audit records an entry for each key that is made, rotated, accepted or revoked */
export function apiKeyQueries(db: Database, secrets: OwnSecrets, audit: AuditRecorder) {
  const pepper = () => secrets.open('api-keys');
  const deps = { db, pepper, audit };
  return { ...useQueries(deps), ...makeQueries(deps), ...decideQueries(deps), ...hostAppKeyQueries(db, pepper) };
}

interface KeyRotation {
  readonly overlapMs: number;
  readonly at: Date;
  readonly by?: AuditActor;
  readonly address?: string | undefined;
}

interface Dependencies {
  readonly db: Database;
  /** The secret for the HMACs. */
  readonly pepper: () => Promise<Buffer>;
  readonly audit: AuditRecorder;
}

function useQueries({ db, pepper }: Dependencies) {
  const find = db
    .select({ row: apiKeys, hostApp: hostApps })
    .from(apiKeys)
    .innerJoin(hostApps, eq(apiKeys.hostAppId, hostApps.id))
    .where(inArray(apiKeys.keyHash, [sql.placeholder('hash'), sql.placeholder('earlierHash')]))
    .prepare(builtOnce);

  return {
    /**
     * Recognises the key of a request, and records its use.
     *
     * @throws PortageError `API_KEY_MALFORMED` without a database query, `API_KEY_INVALID` for one that is unknown,
     * revoked or altered, `API_KEY_EXPIRED`, `API_KEY_UNACCEPTED`
     */
    async authenticate(key: string, at: Date): Promise<ApiKeyAccess> {
      if (!isWellFormedApiKey(key)) throw new PortageError('API_KEY_MALFORMED');
      const secret = await pepper();
      const earlierHash = plainHash(key);
      const [match] = await find.execute({ hash: keyHashOf(secret, earlierHash), earlierHash });
      if (match === undefined) throw new PortageError('API_KEY_INVALID');
      const { row, hostApp } = match;
      const state = stateOf(secret, row, at);
      if (state === 'expired') throw new PortageError('API_KEY_EXPIRED', { detail: row.id });
      if (state === 'unaccepted' && isEarlierApiKey(key)) {
        throw new PortageError('API_KEY_UNACCEPTED', { detail: row.id });
      }
      if (state !== 'active') throw new PortageError('API_KEY_INVALID');
      const isStale = lte(apiKeys.lastUsedAt, new Date(at.getTime() - useKnownToMs));
      if (row.lastUsedAt === null || row.lastUsedAt.getTime() <= at.getTime() - useKnownToMs) {
        await db
          .update(apiKeys)
          .set({ lastUsedAt: at })
          .where(and(eq(apiKeys.id, row.id), or(isNull(apiKeys.lastUsedAt), isStale)));
      }
      return { hostApp, keyId: row.id, scopes: row.scopes };
    },

    /** All keys with their host app; never the keys themselves. */
    async listApiKeys(at: Date = new Date()) {
      const secret = await pepper();
      const rows = await db
        .select({ row: apiKeys, hostApp: hostApps.name })
        .from(apiKeys)
        .innerJoin(hostApps, eq(apiKeys.hostAppId, hostApps.id))
        .orderBy(apiKeys.id);
      return rows.map(({ row, hostApp }) => {
        const { id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
        return {
          ...{ id, hostApp, name, scopes, state: stateOf(secret, row, at) },
          ...{ createdAt, expiresAt, lastUsedAt, revokedAt },
        };
      });
    },
  };
}

function makeQueries({ db, pepper, audit }: Dependencies) {
  return {
    /**
     * Makes an API key; the host app is created with its first key.
     *
     * @param name the host app's name
     * @returns the key, which cannot be shown again
     * @throws PortageError when `by` is an API key: `API_KEYS_TOO_MANY`, or `API_KEY_INVALID` or `API_KEY_EXPIRED` when that
     * key has ended
     */
    async createApiKey(
      name: string,
      options: NewApiKey = {},
    ): Promise<{ hostApp: HostApp; keyId: string; key: string }> {
      const {
        confirmation = true,
        scopes = usualScopes,
        expiresAt,
        keyName,
        by = system,
        address,
        at = new Date(),
      } = options;
      const [secret, recordAudit] = [await pepper(), await audit.recorder()];
      return db.transaction(async (tx) => {
        await tx
          .insert(hostApps)
          .values({ id: newId('app'), name, requiresConfirmation: confirmation })
          .onConflictDoNothing();
        const [hostApp] = await tx.select().from(hostApps).where(eq(hostApps.name, name));
        if (hostApp === undefined) throw new Error(`host app "${name}" vanished while its key was made`);
        const making = { hostAppId: hostApp.id, by, at };
        await requireActiveMaker(tx, secret, making);
        await requireRoomForKey(tx, making);
        await removeOldKeys(tx, making);
        const made = await insert(tx, secret, {
          ...{ hostAppId: hostApp.id, scopes: [...scopes], expiresAt: expiresAt ?? null, name: keyName ?? null },
          createdAt: at,
        });
        const details = { hostAppId: hostApp.id, scopes, expiresAt: expiresAt?.toISOString() ?? null };
        await recordAudit(tx, { action: 'api_key.created', actor: by, address, object: made.keyId, details, at });
        return { hostApp, ...made };
      });
    },

    /**
     * Makes a key with the rights and the lifetime of another one, which expires after the overlap.
     *
     * @returns undefined when no such active key exists
     * @throws PortageError `API_KEY_REPLACED` when this was done before, since its lifetime is not known any more; as
     * `createApiKey`, where the former key does not count with an overlap of 0
     */
    async rotateApiKey(
      keyId: string,
      { overlapMs, at, by = system, address }: KeyRotation,
    ): Promise<{ key: string; keyId: string; expiresAt: Date | null; formerEndsAt: Date } | undefined> {
      const [secret, recordAudit] = [await pepper(), await audit.recorder()];
      return db.transaction(async (tx) => {
        const [known] = await tx.select({ hostAppId: apiKeys.hostAppId }).from(apiKeys).where(eq(apiKeys.id, keyId));
        if (known === undefined) return undefined;
        const making = { hostAppId: known.hostAppId, by, at };
        await requireActiveMaker(tx, secret, making);
        const [former] = await tx.select().from(apiKeys).where(eq(apiKeys.id, keyId)).for('update');
        if (former === undefined || stateOf(secret, former, at) !== 'active') return undefined;
        if (isReplaced(secret, former)) throw new PortageError('API_KEY_REPLACED', { detail: keyId });
        const { hostAppId, scopes, name, createdAt } = former;
        const lifetimeMs = former.expiresAt === null ? undefined : former.expiresAt.getTime() - createdAt.getTime();
        const expiresAt = lifetimeMs === undefined ? null : new Date(at.getTime() + lifetimeMs);
        const overlapEndsAt = new Date(at.getTime() + overlapMs);
        const formerEndsAt =
          former.expiresAt !== null && former.expiresAt < overlapEndsAt ? former.expiresAt : overlapEndsAt;
        await tx
          .update(apiKeys)
          .set({ expiresAt: formerEndsAt, rowMac: rowMacOf(secret, { ...former, expiresAt: formerEndsAt }, true) })
          .where(eq(apiKeys.id, keyId));
        await requireRoomForKey(tx, making);
        await removeOldKeys(tx, making);
        const made = await insert(tx, secret, { hostAppId, scopes, name, expiresAt, createdAt: at });
        const details = { hostAppId, newKeyId: made.keyId, formerEndsAt: formerEndsAt.toISOString() };
        await recordAudit(tx, { action: 'api_key.rotated', actor: by, address, object: keyId, details, at });
        return { ...made, expiresAt, formerEndsAt };
      });
    },
  };
}

function decideQueries({ db, pepper, audit }: Dependencies) {
  return {
    /** Makes a key of an earlier release usable again. @returns false when no such key awaits this */
    async acceptApiKey(
      keyId: string,
      { scopes, at, by = system }: { scopes: readonly ApiKeyScope[]; at: Date; by?: AuditActor },
    ): Promise<boolean> {
      const [secret, recordAudit] = [await pepper(), await audit.recorder()];
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(apiKeys).where(eq(apiKeys.id, keyId)).for('update');
        if (row === undefined || stateOf(secret, row, at) !== 'unaccepted') return false;
        const accepted = { ...row, scopes: [...scopes], keyHash: keyHashOf(secret, row.keyHash) };
        await tx
          .update(apiKeys)
          .set({ scopes: accepted.scopes, keyHash: accepted.keyHash, rowMac: rowMacOf(secret, accepted) })
          .where(eq(apiKeys.id, keyId));
        const details = { hostAppId: row.hostAppId, scopes };
        await recordAudit(tx, { action: 'api_key.accepted', actor: by, object: keyId, details, at });
        return true;
      });
    },

    /** @returns false when no such key exists, or it was revoked before */
    async revokeApiKey(keyId: string, at: Date, by: AuditActor = system, address?: string): Promise<boolean> {
      const [secret, recordAudit] = [await pepper(), await audit.recorder()];
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(apiKeys).where(eq(apiKeys.id, keyId)).for('update');
        if (row === undefined || row.revokedAt !== null) return false;
        // A key that was never genuine gets no MAC by being revoked.
        const isGenuine = stateOf(secret, row, at) === 'active' || stateOf(secret, row, at) === 'expired';
        const rowMac = isGenuine ? rowMacOf(secret, { ...row, revokedAt: at }) : row.rowMac;
        await tx.update(apiKeys).set({ revokedAt: at, rowMac }).where(eq(apiKeys.id, keyId));
        await recordAudit(tx, {
          ...{ action: 'api_key.revoked', actor: by, address, object: keyId, at },
          details: { hostAppId: row.hostAppId },
        });
        return true;
      });
    },
  };
}

/** Inserts a key. @returns its secret and id */
async function insert(
  tx: Pick<Database, 'insert'>,
  secret: Buffer,
  values: Pick<ApiKeyRow, 'hostAppId' | 'scopes' | 'expiresAt' | 'name'> & { createdAt: Date },
): Promise<{ key: string; keyId: string }> {
  const key = newApiKey();
  const unsigned = { ...values, id: newId('key'), keyHash: keyHashOf(secret, plainHash(key)), revokedAt: null };
  await tx.insert(apiKeys).values({ ...unsigned, rowMac: rowMacOf(secret, unsigned) });
  return { key, keyId: unsigned.id };
}
