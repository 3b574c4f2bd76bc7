/** The records of a consent and of an export, for their host app: streamed, from a cursor on, and counted. */
import { setImmediate } from 'node:timers/promises';

import { Router, type Request } from 'express';
import { z } from 'zod';

import { PortageError } from '../domain/errors';
import { asNdjson } from '../records/deliver/deliver-records';
import { isKind } from '../records/kinds';
import { markStates } from '../records/compare/key-entry';
import { createStoredExports } from '../records/deliver/stored-exports';
import type { Wanted } from '../records/deliver/stored-records';
import type { HostAppAccess } from './authentication/host-app';
import type { ServerDependencies } from './dependencies';
import { errorBody } from './error-handler';
import { sendChunks } from './send-content';

type RecordDependencies = Pick<ServerDependencies, 'records' | 'dataKeys' | 'storage'>;

/** A parameter that may be given several times. */
const several = <T extends z.ZodType>(one: T) =>
  z.union([one.transform((value) => [value]), z.array(one).max(100)]).optional();

const time = z.iso.datetime({ offset: true }).optional();
const query = z.strictObject({
  since: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  kind: several(z.string().refine(isKind, 'is no kind of record')),
  state: several(z.enum(markStates)),
  from: time,
  to: time,
  undated: z.enum(['keep', 'drop']).optional(),
});

export function recordRouter(deps: RecordDependencies, access: HostAppAccess): Router {
  const router = Router();
  const stored = createStoredExports(deps);

  router.get('/consents/:id/records', async (request, response) => {
    const { id } = await access.consentOfHostApp(request, request.params.id);
    const { since, wanted } = readQuery(request);
    await sendChunks(response, tellingFailure(asNdjson(stored.changes(id, since, wanted))), () =>
      response.set(headers),
    );
  });

  router.get('/consents/:id/records/counts', async (request, response) => {
    const { id } = await access.consentOfHostApp(request, request.params.id);
    response.set('cache-control', 'no-store').json(await stored.counts(id, readQuery(request).since));
  });

  router.get('/exports/:id/records', async (request, response) => {
    const row = await access.exportOfHostApp(request, request.params.id);
    const { wanted } = readQuery(request);
    await sendChunks(response, tellingFailure(asNdjson(stored.recordsOf(row, wanted))), () => response.set(headers));
  });

  router.get('/exports/:id/records/summary', async (request, response) => {
    const row = await access.exportOfHostApp(request, request.params.id);
    response.set('cache-control', 'no-store').json(await stored.summaryOf(row));
  });

  return router;
}

const headers = { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' };

/**
 * A stream that breaks off says why in its last line, and is then cut: it has no clean end, so that nobody takes it for
 * whole. What fails before the first line is an answer of its own.
 */
async function* tellingFailure(lines: AsyncGenerator<string>): AsyncGenerator<string> {
  let hasBegun = false;
  try {
    for await (const line of lines) {
      hasBegun = true;
      yield line;
    }
  } catch (error) {
    if (!hasBegun) throw error;
    yield `${JSON.stringify(errorBody(error))}\n`;
    // The line is on its way before the connection is cut.
    await setImmediate();
    throw error;
  }
}

function readQuery(request: Request): { since: number; wanted: Wanted } {
  const read = query.safeParse(request.query);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'query'}: ${message}`);
    throw new PortageError('REQUEST_INVALID', { detail: faults.join('; ').slice(0, 500) });
  }
  const { since, kind, state, ...range } = read.data;
  const wanted = {
    ...(kind !== undefined && { kinds: kind }),
    ...(state !== undefined && { states: state }),
    ...range,
  };
  return { since, wanted };
}
