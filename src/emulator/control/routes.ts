/** The control plane over HTTP, under /_emulator/. */
import express, { type Router } from 'express';
import { z } from 'zod';
import { wantsPage } from '../http/wants-page';
import { addAccountRoutes, addArchiveRoutes } from './account-routes';
import { answerJson } from './answer-json';
import { addClockRoutes } from './clock-routes';
import type { Control } from './control';
import { addFaultRoutes, addRequestRoutes } from './observation-routes';
import { addSettingRoutes } from './setting-routes';
import type { Uploads } from './uploads';

export function controlRoutes(control: Control, overview: () => string, uploads: Uploads): Router {
  const router = express.Router();
  router.get('/', (_request, response) => {
    response.type('html').send(`<!doctype html>\n${overview()}`);
  });
  router.post('/clock/advance', express.urlencoded({ extended: false }), (request, response, next) => {
    // The overview's button; a program is sent to POST /clock.
    const form = z.object({ milliseconds: z.coerce.number().min(0) }).safeParse(request.body);
    if (!form.success) {
      next();
      return;
    }
    control.clock.advance(form.data.milliseconds);
    response.redirect(303, '/_emulator/');
  });
  router.use(express.json({ limit: '1mb', strict: false }));
  router.post(
    '/reset',
    answerJson(() => control.reset()),
  );
  addClockRoutes(router, control);
  addRequestRoutes(router, control);
  addFaultRoutes(router, control);
  addSettingRoutes(router, control);
  addAccountRoutes(router, control);
  addArchiveRoutes(router, control, uploads);
  router.use((request, response, next) => {
    if (wantsPage(request)) next();
    else response.status(404).json({ error: 'There is no such control route; docs/emulator.md lists them.' });
  });
  return router;
}
