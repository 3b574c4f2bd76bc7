/** The operation that reports the state of server and workers to a monitoring system with an API key. */
import { z } from 'zod';

import { count, time } from './fields';
import { defineOperation } from './operation';

export const getHealth = defineOperation({
  operationId: 'getHealth',
  method: 'get',
  path: '/health',
  tag: 'Server',
  summary: 'Show whether server and workers can do their work, in words',
  scope: 'read',
  success: {
    status: 200,
    description: 'The checks of the server and the last report of each worker (docs/readiness.md)',
    json: z
      .object({
        status: z.enum(['ready', 'degraded', 'down']),
        checkedAt: time.nullable(),
        checks: z.array(
          z.object({
            ...{ name: z.string(), passes: z.boolean() },
            code: z.string().describe('Only for a check that fails, as the next three').optional(),
            ...{ message: z.string().optional(), remedy: z.string().optional(), since: time.optional() },
          }),
        ),
        workers: z.array(
          z.object({
            ...{ id: z.string(), identity: z.string() },
            queues: z.array(z.object({ name: z.string(), running: count })),
            faults: z.array(z.object({ check: z.string(), code: z.string(), message: z.string() })),
            ...{ startedAt: time, checkedAt: time },
          }),
        ),
      })
      .meta({ id: 'Health' }),
  },
  errors: [],
});
