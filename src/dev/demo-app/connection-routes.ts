/** The data of a connection: its page, the page's updates, its records and the parts of its exports. */
import { Router, type Request } from 'express';

import { arrivedPage, type ArrivedView } from './arrived-page';
import type { DemoContext } from './demo-context';
import type { Connection } from './kept-connections';
import { NoSuchPage } from './problems';
import { followChanges, passOn } from './streamed-answers';

/** @param view returns the present state of a connection */
export function connectionRouter(
  { api, kept, userId }: DemoContext,
  view: (connection: Connection) => Promise<ArrivedView>,
): Router {
  const router = Router();

  const own = (request: Request): Connection => {
    const connection = kept.find(userId, String(request.params['id']));
    if (connection === undefined) throw new NoSuchPage();
    return connection;
  };

  router.get('/connections/:id', async (request, response) => {
    response.send(arrivedPage(await view(own(request))));
  });

  router.get('/connections/:id/changes', async (request, response) => {
    await followChanges(response, () => view(own(request)));
  });

  router.get('/connections/:id/records', async (request, response) => {
    const { consentId } = own(request);
    if (consentId === null) throw new NoSuchPage();
    response.attachment(`${consentId}.ndjson`);
    await passOn(response, (signal) => api.open(`/v1/consents/${consentId}/records`, signal));
  });

  router.get('/exports/:id/parts/:number', async (request, response) => {
    const { id, number } = request.params;
    if (!/^\w{1,100}$/.test(id) || !/^\d{1,9}$/.test(number)) throw new NoSuchPage();
    const consentId = await api.consentOfExport(id);
    // The API key gives access to every user's data, so the app has to check that the consent is the user's own.
    if (!kept.connectionsOf(userId).some((each) => each.consentId === consentId)) throw new NoSuchPage();
    response.attachment(`${id}-${number}.zip`);
    await passOn(response, (signal) => api.open(`/v1/exports/${id}/parts/${number}`, signal));
  });

  return router;
}
