/** The tables that PostgreSQL rewrites after a deletion, and the right that it needs for that. */
import { getTableName } from 'drizzle-orm';

import { connectSessions, consents, dataKeys, events, exportKeys, tokens } from '../schema';

/** Tables that hold sealed keys, tokens, grants and code verifiers. */
export const secretTables = [dataKeys, exportKeys, tokens, connectSessions];
/**
 * Tables that also hold ids of users; they grow with every export, so they are rewritten only after a user was
 * forgotten.
 */
export const userTables = [consents, events];
/** Every table that is rewritten at some time. */
export const rewrittenTables = [...secretTables, ...userTables].map(getTableName);
/** From this version on, the privilege MAINTAIN lets a role rewrite a table that it does not own (as `server_version_num`). */
export const maintainSince = 170_000;
