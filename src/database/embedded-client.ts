/**
 * PGlite as Drizzle uses it, with every statement prepared once: PGlite spends most of its time on parsing and
 * planning.
 */
import type { PGlite, Transaction } from '@electric-sql/pglite';

import { createPreparedQuery, type Query } from './prepared-statements';

export interface EmbeddedClient {
  readonly query: Query;
  transaction<T>(work: (tx: { readonly query: Query }) => Promise<T>): Promise<T>;
}

/** Any other statement, such as those of a migration, runs once. */
const isRepeated = /^\s*(select|insert|update|delete|with)\s/i;

/** @param pglite from now on to be queried only through the client, which would not notice its own transactions */
export function createEmbeddedClient(pglite: PGlite): EmbeddedClient {
  const queryPrepared = createPreparedQuery(pglite);
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: there is one connection, and a transaction holds it until its end. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const own = last.then(work, work);
    last = own.catch(() => undefined);
    return own;
  };

  const queryOn =
    (on: Pick<PGlite | Transaction, 'query'>): Query =>
    async (text, params, options) => {
      if (isRepeated.test(text)) return queryPrepared(text, params, options);
      const { rows, fields, affectedRows = 0 } = await on.query(text, params, options);
      return { rows, fields, affectedRows };
    };
  const query = queryOn(pglite);

  return {
    query: (...asked) => alone(() => query(...asked)),
    transaction: (work) => alone(() => pglite.transaction((tx) => work({ query: queryOn(tx) }))),
  };
}
