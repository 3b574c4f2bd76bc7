/** Whether the process lives, and whether it can do its work. */
import { setTimeout as pause } from 'node:timers/promises';

import { Router } from 'express';

import { PortageError, type ErrorCode } from '../domain/errors';
import type { ServerDependencies } from './dependencies';

/** @param temporalAnswers asks Temporal; consents are kept without it, so its absence is degraded, not down */
export function healthRouter(
  { database, storage, limits, logger }: ServerDependencies,
  temporalAnswers: (timeoutMs: number) => Promise<void>,
): Router {
  const router = Router();

  /** @returns why it cannot be used, by a code that tells nothing of the inside; undefined when it can */
  const check = async (
    name: string,
    away: ErrorCode,
    run: (withinMs: number) => Promise<unknown>,
  ): Promise<ErrorCode | undefined> => {
    const over = new AbortController();
    const late = pause(limits.readyMs + graceMs, undefined, { signal: over.signal }).then(() => {
      throw new PortageError(away, { detail: `no answer within ${limits.readyMs} ms` });
    });
    const asked = run(limits.readyMs);
    // What comes later is of no interest.
    for (const each of [asked, late]) each.catch(() => undefined);
    try {
      await Promise.race([asked, late]);
      return undefined;
    } catch (error) {
      logger.warn({ check: name, err: error }, 'health check failed');
      return error instanceof PortageError ? error.code : away;
    } finally {
      over.abort();
    }
  };

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });

  router.get('/readyz', async (_request, response) => {
    const [databaseFault, storageFault, temporalFault] = await Promise.all([
      check('database', 'DATABASE_UNAVAILABLE', (withinMs) => database.check(withinMs)),
      check('storage', 'STORAGE_UNAVAILABLE', () => storage.check()),
      check('temporal', 'TEMPORAL_UNAVAILABLE', temporalAnswers),
    ]);
    const faults = { database: databaseFault, storage: storageFault, temporal: temporalFault };
    const ready = databaseFault === undefined && storageFault === undefined;
    response.status(ready ? 200 : 503).json({
      status: !ready ? 'down' : temporalFault === undefined ? 'ready' : 'degraded',
      checks: Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, fault === undefined])),
      // An undefined one is left out.
      reasons: faults,
    });
  });

  return router;
}

/** A check that keeps the limit itself knows best what was slow. */
const graceMs = 100;
