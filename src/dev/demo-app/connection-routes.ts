/** What arrived over a connection: its page, the changes of it, its records and the parts of its exports. */
import { Router, type Request } from 'express';

import { arrivedPage, type ArrivedView } from './arrived-page';
import type { DemoContext } from './demo-context';
import type { Connection } from './kept-connections';
import { NoSuchPage } from './problems';
import { followChanges, passOn } from './streamed-answers';

/** @param view what is to be seen of a connection now */
export function connectionRouter(
  { api, kept, userId }: DemoContext,
  view: (connection: Connection) => Promise<ArrivedView>,
): Router {
  const router = Router();

  const own = (request: Request): Connection => {
    const found = kept.find(userId, String(request.params['id']));
    if (found === undefined) throw new NoSuchPage();
    return found;
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
    // The API key opens every user's data, so the app itself has to see to it that a user gets their own.
    if (!kept.of(userId).some((each) => each.consentId === consentId)) throw new NoSuchPage();
    response.attachment(`${id}-${number}.zip`);
    await passOn(response, (signal) => api.open(`/v1/exports/${id}/parts/${number}`, signal));
  });

  return router;
}
