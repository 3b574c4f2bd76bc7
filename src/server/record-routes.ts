/** The records of a consent and of an export, for their host app: streamed, from a cursor on, and counted. */
import { Router } from 'express';

import { createStoredExports } from '../records/deliver/stored-exports';
import type { HostAppAccess } from './authentication/host-app';
import type { ServerDependencies } from './dependencies';
import { readConsentQuery, readCountsQuery, readExportQuery } from './record-query';
import { sendRecords } from './send-records';

type RecordDependencies = Pick<ServerDependencies, 'records' | 'dataKeys' | 'storage'>;

export function recordRouter(deps: RecordDependencies, access: HostAppAccess): Router {
  const router = Router();
  const stored = createStoredExports(deps);

  router.get('/consents/:id/records', async (request, response) => {
    const { id } = await access.consentOfHostApp(request, request.params.id);
    const { since, ...query } = readConsentQuery(request);
    await sendRecords(request, response, stored.changes(id, since, query.wanted, query.page), query);
  });

  router.get('/consents/:id/records/counts', async (request, response) => {
    const { id } = await access.consentOfHostApp(request, request.params.id);
    response.set('cache-control', 'no-store').json(await stored.counts(id, readCountsQuery(request)));
  });

  router.get('/exports/:id/records', async (request, response) => {
    const row = await access.exportOfHostApp(request, request.params.id);
    const query = readExportQuery(request);
    await sendRecords(request, response, stored.recordsOf(row, query.wanted, query.page), query);
  });

  router.get('/exports/:id/records/summary', async (request, response) => {
    const row = await access.exportOfHostApp(request, request.params.id);
    response.set('cache-control', 'no-store').json(await stored.summaryOf(row));
  });

  return router;
}
