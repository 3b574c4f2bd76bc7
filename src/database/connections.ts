/**
 * A pool of connections to PostgreSQL that never hands out a broken connection, or one that may have stopped answering.
 */
import type { Socket } from 'node:net';

import { Pool, type PoolClient, type PoolConfig, type QueryConfig, type QueryResult } from 'pg';

import { PortageError } from '../domain/error-codes';
import { databaseFailure } from './failure';

export interface Connection {
  readonly query: (asked: string | QueryConfig, values?: unknown[]) => Promise<QueryResult>;
}

export type Connections = ReturnType<typeof createConnections>;

export function createConnections(options: PoolConfig & { readonly max: number }) {
  const pool = new Pool(options);
  const openedAt = new WeakMap<PoolClient, number>();
  /**
   * When a connection last got no answer. Connections that were opened before use the same route to the server, so they
   * are not used any more.
   */
  let silentAt = -Infinity;
  // The pool replaces a connection that breaks while idle; one that breaks in use fails the query. Without listeners,
  // either would end the process, since the pool removes its own listener from a connection in use.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    openedAt.set(client, performance.now());
  });

  const take = async (): Promise<PoolClient> => {
    for (;;) {
      const client = await pool.connect();
      if ((openedAt.get(client) ?? 0) > silentAt) return client;
      discard(client, new Error('it may be silent'));
    }
  };

  return {
    /**
     * Uses one connection. After a failure of the connection, every further query fails immediately with the same
     * error.
     *
     * @param withinMs time limit to get a connection and finish; undefined uses the limits of the pool
     * @throws PortageError `DATABASE_BUSY` when none becomes free in time, `DATABASE_UNAVAILABLE` when it breaks or is
     * silent; the errors of the work
     */
    async use<T>(work: (connection: Connection) => Promise<T>, withinMs?: number): Promise<T> {
      const isFull = pool.totalCount >= options.max && pool.idleCount === 0;
      let broken: PortageError | undefined;
      let client: PoolClient | undefined;
      const run = async (): Promise<T> => {
        const own = await take();
        client = own;
        try {
          return await work({
            query: async (asked, values) => {
              if (broken !== undefined) throw broken;
              try {
                return await own.query(asked, values);
              } catch (error) {
                broken = databaseFailure(error);
                if ((error as { message?: unknown }).message === 'Query read timeout') silentAt = performance.now();
                throw error;
              }
            },
          });
        } catch (error) {
          // When the connection failed, its failure is reported, and not the error that the work made of it.
          throw broken ?? error;
        } finally {
          client = undefined;
          if (broken === undefined) own.release();
          else discard(own, broken);
        }
      };
      if (withinMs === undefined) return run();
      const late = isFull
        ? new PortageError('DATABASE_BUSY', { detail: `none of ${options.max} became free within ${withinMs} ms` })
        : new PortageError('DATABASE_UNAVAILABLE', { detail: `no answer within ${withinMs} ms` });
      return before(withinMs, late, run(), () => {
        broken = late;
        if (client === undefined) return;
        silentAt = performance.now();
        hangUp(client);
      });
    },

    /** Ends every connection once it is no longer in use. */
    close: () => pool.end(),
  };
}

/** Takes a connection out of the pool without the closing message, which would wait for an answer. */
function discard(client: PoolClient, why: Error): void {
  hangUp(client);
  client.release(why);
}

/** Makes every query on it fail immediately. */
function hangUp(client: PoolClient): void {
  const { connection } = client as unknown as { readonly connection: { readonly stream: Socket } };
  connection.stream.destroy();
}

/** @throws `late` when the result takes longer; the result is then ignored */
async function before<T>(withinMs: number, late: Error, result: Promise<T>, onLate: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      onLate();
      reject(late);
    }, withinMs);
  });
  try {
    return await Promise.race([result, over]);
  } finally {
    clearTimeout(timer);
    result.catch(() => undefined);
  }
}
