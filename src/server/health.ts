/** Health of the process and its readiness: in codes for everyone, in words for callers with an API key. */
import { Router, type RequestHandler } from 'express';
import type { z } from 'zod';

import { checkingTables } from '../database/failure';
import { createWorkerStore } from '../database/workers';
import { PortageError } from '../domain/error-codes';
import { isDown, unfitness } from '../readiness/portage-readiness';
import type { Readiness } from '../readiness/readiness';
import type { getHealth } from './contract/health';
import type { ServerDependencies } from './dependencies';

type HealthAnswer = z.output<NonNullable<(typeof getHealth)['success']['json']>>;
type HealthDependencies = Pick<ServerDependencies, 'readiness'>;

/** The public routes: their answers contain only names of checks and stable codes, no internal details. */
export function healthRouter({ readiness }: HealthDependencies): Router {
  const router = Router();

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });

  router.get('/readyz', async (_request, response) => {
    await readiness.ask();
    const { faults, names } = readiness;
    response.status(isDown(readiness) ? 503 : 200).json({
      status: statusOf(readiness),
      checks: Object.fromEntries(names.map((name) => [name, !faults.has(name)])),
      reasons: Object.fromEntries([...faults].map(([name, { code }]) => [name, code])),
    });
  });

  return router;
}

/** The details, for callers with an API key. */
export async function healthDetails({
  readiness,
  database,
}: HealthDependencies & Pick<ServerDependencies, 'database'>): Promise<HealthAnswer> {
  await readiness.ask();
  // When the tables are of an earlier release, the checks report that.
  const isOutdated = readiness.faults.get('database')?.code === 'DATABASE_OUTDATED';
  const workers = isOutdated ? [] : await checkingTables(() => createWorkerStore(database.db).live());
  return {
    status: statusOf(readiness),
    checkedAt: readiness.checkedAt() ?? null,
    checks: readiness.names.map((name) => {
      const fault = readiness.faults.get(name);
      return { name, passes: fault === undefined, ...fault };
    }),
    workers: workers.map(({ id, identity, queues, faults, startedAt, checkedAt }) => {
      return { id, identity, queues, faults, startedAt, checkedAt };
    }),
  };
}

/** Refuses requests while the server would damage data: tables of an earlier release, or a key with other bytes. */
export function refuseWhileUnfit({ readiness }: HealthDependencies): RequestHandler {
  return (request, _response, next) => {
    const code = unfitness(readiness);
    if (code !== undefined && request.path !== '/v1/health') throw new PortageError(code);
    next();
  };
}

function statusOf(readiness: Readiness): 'down' | 'degraded' | 'ready' {
  if (isDown(readiness)) return 'down';
  return readiness.faults.size > 0 ? 'degraded' : 'ready';
}
