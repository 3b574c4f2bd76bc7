/** Exports, for their host app: routes to show them and to confirm their delivery. */
import { Router } from 'express';

import { PortageError } from '../domain/error-codes';
import type { HostAppAccess } from './authentication/host-app';
import { confirmDelivery, getExport, listExports } from './contract/exports';
import { mountOperation } from './contract/mount-operation';
import type { ServerDependencies } from './dependencies';
import { exportJson } from './export-json';
import { pageOf } from './list-page';

type ExportDependencies = Pick<ServerDependencies, 'exports' | 'dataDeletion' | 'now'>;

export function exportRouter({ exports, dataDeletion, now }: ExportDependencies, access: HostAppAccess): Router {
  const router = Router();

  /** The host app has fetched the data; RETENTION may count from this time. */
  mountOperation(router, confirmDelivery, async ({ request, path }) => {
    const row = await access.exportOfHostApp(request, path.id);
    if (row.endedAt === null) throw new PortageError('NOT_READY', { detail: 'the export has not ended' });
    await dataDeletion.confirmDelivery(row.id, now());
  });

  mountOperation(router, listExports, async ({ request, query: { after, limit, consentId, resource, state } }) => {
    const { id: hostAppId } = access.hostAppOf(request);
    const wanted = { consentId, resource, state, before: after, limit: limit + 1 };
    const { shown, nextAfter } = pageOf(await exports.pageOfHostApp(hostAppId, wanted), limit);
    const parts = await exports.partsOf(shown.map(({ id }) => id));
    return { items: shown.map((row) => exportJson(row, parts.get(row.id) ?? [])), nextAfter };
  });

  mountOperation(router, getExport, async ({ request, path }) => {
    const row = await access.exportOfHostApp(request, path.id);
    return exportJson(row, await exports.listParts(row.id));
  });

  return router;
}
