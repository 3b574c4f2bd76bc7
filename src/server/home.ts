/** The page at Portage's own address. */
import { Router } from 'express';

import { homePage, type HomeLink } from './pages/home-page';

export type { HomeLink } from './pages/home-page';

/** @param links read at every request, since their targets may start after the server */
export function homeRouter(links: () => readonly HomeLink[]): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    response.send(homePage(links()));
  });
  return router;
}
