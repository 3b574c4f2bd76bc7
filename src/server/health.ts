/** Whether the process lives, and whether it can do its work. */
import { Router } from 'express';

import type { ServerDependencies } from './dependencies';

const checkTimeoutMs = 2_000;

/** @param temporalAnswers asks Temporal; consents are kept without it, so its absence is degraded, not down */
export function healthRouter(
  { database, storage, logger }: ServerDependencies,
  temporalAnswers: (timeoutMs: number) => Promise<void>,
): Router {
  const router = Router();

  const check = async (name: string, run: () => Promise<unknown>): Promise<boolean> => {
    try {
      await run();
      return true;
    } catch (error) {
      logger.warn({ check: name, err: error }, 'health check failed');
      return false;
    }
  };

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });

  router.get('/readyz', async (_request, response) => {
    const [databaseOk, storageOk, temporalOk] = await Promise.all([
      check('database', () => database.check()),
      check('storage', () => storage.check()),
      check('temporal', () => temporalAnswers(checkTimeoutMs)),
    ]);
    const ready = databaseOk && storageOk;
    response.status(ready ? 200 : 503).json({
      status: !ready ? 'down' : temporalOk ? 'ready' : 'degraded',
      checks: { database: databaseOk, storage: storageOk, temporal: temporalOk },
    });
  });

  return router;
}
