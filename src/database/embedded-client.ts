/** PGlite as drizzle uses it, with every statement prepared once: most of its time goes into parsing and planning. */
import type { PGlite, Transaction } from '@electric-sql/pglite';

import { createPreparedQuery, type Query } from './prepared-statements';

export interface EmbeddedClient {
  readonly query: Query;
  transaction<T>(work: (tx: { readonly query: Query }) => Promise<T>): Promise<T>;
}

/** Anything else, such as the statements of a migration, runs once. */
const isRepeated = /^\s*(select|insert|update|delete|with)\s/i;

/** @param pglite not to be queried but through the client from now on, since its own transactions would not be noticed */
export function createEmbeddedClient(pglite: PGlite): EmbeddedClient {
  const queryPrepared = createPreparedQuery(pglite);
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: there is one connection, and a transaction has it until its end. */
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
