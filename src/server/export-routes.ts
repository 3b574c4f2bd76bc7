/** Exports, for their host app: how each is, and that the host app has taken its data over. */
import { Router } from 'express';

import { PortageError } from '../domain/error-codes';
import type { HostAppAccess } from './authentication/host-app';
import type { ServerDependencies } from './dependencies';
import { exportJson } from './export-json';

type ExportDependencies = Pick<ServerDependencies, 'exports' | 'dataDeletion' | 'now'>;

export function exportRouter({ exports, dataDeletion, now }: ExportDependencies, access: HostAppAccess): Router {
  const router = Router();

  /** The host app has the data; RETENTION may count from here. */
  router.post('/exports/:id/delivery', async (request, response) => {
    const row = await access.exportOfHostApp(request, request.params.id);
    if (row.endedAt === null) throw new PortageError('NOT_READY', { detail: 'the export has not ended' });
    await dataDeletion.confirmDelivery(row.id, now());
    response.status(204).end();
  });

  router.get('/exports/:id', async (request, response) => {
    const row = await access.exportOfHostApp(request, request.params.id);
    response.json(exportJson(row, await exports.listParts(row.id)));
  });

  return router;
}
