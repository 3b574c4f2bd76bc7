/** The records of a consent and of an export, for their host app: as a stream from a cursor on, and as counts. */
import { Router } from 'express';
import type { z } from 'zod';

import type { Page } from '../records/deliver/paging';
import { createStoredExports } from '../records/deliver/stored-exports';
import type { Wanted } from '../records/deliver/stored-records';
import type { HostAppAccess } from './authentication/host-app';
import { mountOperation } from './contract/mount-operation';
import {
  countConsentRecords,
  getRecordSummary,
  listConsentRecords,
  listExportRecords,
  type exportRecordsQuery,
} from './contract/records';
import type { ServerDependencies } from './dependencies';
import { sendRecords } from './send-records';

type RecordDependencies = Pick<ServerDependencies, 'records' | 'dataKeys' | 'storage'>;

export function recordRouter(deps: RecordDependencies, access: HostAppAccess): Router {
  const router = Router();
  const stored = createStoredExports(deps);

  mountOperation(router, listConsentRecords, async ({ request, response, path, query: { since, ...query } }) => {
    const { id } = await access.consentOfHostApp(request, path.id);
    const { wanted, page } = recordQuery(query);
    await sendRecords(request, response, stored.changes(id, since, wanted, page), wanted.kinds);
  });

  mountOperation(router, countConsentRecords, async ({ request, path, query: { since } }) => {
    const { id } = await access.consentOfHostApp(request, path.id);
    return stored.counts(id, since);
  });

  mountOperation(router, listExportRecords, async ({ request, response, path, query }) => {
    const row = await access.exportOfHostApp(request, path.id);
    const { wanted, page } = recordQuery(query);
    await sendRecords(request, response, stored.recordsOf(row, wanted, page), wanted.kinds);
  });

  mountOperation(router, getRecordSummary, async ({ request, path }) => {
    const row = await access.exportOfHostApp(request, path.id);
    return stored.summaryOf(row);
  });

  return router;
}

/** The selection and the page that the parameters of a request name. */
function recordQuery({ resource, kind, state, limit, after, ...range }: z.output<typeof exportRecordsQuery>): {
  wanted: Wanted;
  page: Page;
} {
  const wanted = {
    ...(resource !== undefined && { resources: resource }),
    ...(kind !== undefined && { kinds: kind }),
    ...(state !== undefined && { states: state }),
    ...range,
  };
  return { wanted, page: { limit, after } };
}
