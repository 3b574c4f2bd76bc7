/** The control plane over HTTP, under /_emulator/. */
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Control } from './control';
import { decisionSchema } from './control';
import { wantsPage } from '../http/wants-page';
import type { Uploads } from './uploads';

const clockSchema = z.union([
  z.strictObject({ mode: z.literal('real') }),
  z.strictObject({
    mode: z.literal('scaled'),
    scale: z.number().positive(),
    at: z.iso.datetime({ offset: true }).optional(),
  }),
  z.strictObject({ mode: z.literal('set'), at: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceMs: z.number().min(0) }),
]);

/** `next` decides for the next visitor, `always` for everybody until it is null again. */
const consentSchema = z.strictObject({ always: decisionSchema.nullable().optional(), next: decisionSchema.optional() });

/** Routes that answer with JSON; a request that makes no sense gets 400 and what is wrong with it. */
export function controlRoutes(control: Control, overview: () => string, uploads: Uploads): Router {
  const router = express.Router();
  router.get('/', (_request, response) => {
    response.type('html').send(`<!doctype html>\n${overview()}`);
  });
  router.post('/clock/advance', express.urlencoded({ extended: false }), (request, response) => {
    const { milliseconds } = z.object({ milliseconds: z.coerce.number().min(0) }).parse(request.body);
    control.clock.advance(milliseconds);
    response.redirect(303, '/_emulator/');
  });
  router.use(express.json({ limit: '1mb', strict: false }));
  const route = (handle: (request: Request) => unknown) => (request: Request, response: Response) => {
    try {
      response.json(handle(request) ?? { ok: true });
    } catch (error) {
      if (error instanceof z.ZodError) response.status(400).json({ error: z.prettifyError(error) });
      else if (error instanceof RangeError) response.status(400).json({ error: error.message });
      else throw error;
    }
  };
  router.post(
    '/reset',
    route(() => control.reset()),
  );
  router.get(
    '/clock',
    route(() => control.clock.describe()),
  );
  router.post(
    '/clock',
    route((request) => {
      const wanted = clockSchema.parse(request.body);
      if ('advanceMs' in wanted) control.clock.advance(wanted.advanceMs);
      else if (wanted.mode === 'scaled') {
        const { mode, scale, at } = wanted;
        control.clock.set({ mode, scale, ...(at !== undefined && { at }) });
      } else control.clock.set(wanted);
      return control.clock.describe();
    }),
  );
  router.get(
    '/requests',
    route((request) => {
      const { method } = request.query;
      const requests = control.requests();
      return { requests: method === undefined ? requests : requests.filter((entry) => entry.method === method) };
    }),
  );
  router.delete(
    '/requests',
    route(() => control.clearRequests()),
  );
  router.post(
    '/faults',
    route((request) => ({ name: control.addFault(request.body as Parameters<Control['addFault']>[0]) })),
  );
  router.get(
    '/faults',
    route(() => ({ unmet: control.unmetFaults() })),
  );
  router.delete(
    '/faults',
    route(() => control.clearFaults()),
  );
  router.get(
    '/jobs',
    route(() => ({ settings: control.state.jobSettings, jobs: control.state.jobs })),
  );
  router.post(
    '/jobs',
    route((request) => ({ settings: control.setJobs(request.body as Parameters<Control['setJobs']>[0]) })),
  );
  router.get(
    '/switches',
    route(() => control.state.switches),
  );
  router.post(
    '/switches',
    route((request) => {
      const body = request.body as { set?: unknown } & Parameters<Control['setSwitches']>[0];
      if (body.set === undefined) return control.setSwitches(body);
      return control.setSwitches(z.enum(['documented', 'reported', 'strict']).parse(body.set));
    }),
  );
  router.post(
    '/consent',
    route((request) => {
      const wanted = consentSchema.parse(request.body);
      if (wanted.always !== undefined) control.decideAlways(wanted.always ?? undefined);
      if (wanted.next !== undefined) control.decideNext(wanted.next);
      return control.state.consent;
    }),
  );
  router.get(
    '/accounts',
    route(() => ({ accounts: control.state.accounts })),
  );
  router.post(
    '/accounts',
    route((request) => control.addAccount(request.body as Parameters<Control['addAccount']>[0])),
  );
  router.post(
    '/accounts/:account',
    route((request) =>
      control.changeAccount(String(request.params['account']), request.body as Parameters<Control['changeAccount']>[1]),
    ),
  );
  const archives = '/accounts/:account/archives/:resource';
  router.put(archives, async (request, response) => {
    const { account, resource } = request.params;
    try {
      const files = await uploads.take(request);
      control.giveArchive(account, resource, [...(control.archivesOf(account)[resource] ?? []), ...files]);
      response.json({ parts: control.archivesOf(account)[resource]?.length });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      response.status(400).json({ error: error.message });
    }
  });
  router.delete(
    archives,
    route(({ params }) => control.giveArchive(String(params['account']), String(params['resource']), [])),
  );
  router.use((request, response, next) => {
    if (wantsPage(request)) next();
    else response.status(404).json({ error: 'There is no such control route; docs/emulator.md lists them.' });
  });
  return router;
}
