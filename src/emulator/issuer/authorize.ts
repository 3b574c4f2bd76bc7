/** The authorisation endpoint: shows the consent screen, or takes its decision or that of the control plane. */
import type { Request } from 'express';
import { z } from 'zod';
import type { Endpoint } from '../http/endpoint';
import { htmlReply, redirectReply } from '../http/reply';
import type { Identity } from '../http/request-log';
import { stateOf, type World } from '../world';
import { readAuthorizationRequest, refusePage } from './authorization-request';
import { decide } from './decide';
import type { Grants } from './grants';
import { consentPage } from './pages/consent-page';

const list = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** The consent form as it is posted: `granted` repeats for every ticked resource. */
const formSchema = z.object({
  action: z.enum(['allow', 'decline']),
  account: z.string(),
  access: z.enum(['once', '30d', '180d']).default('once'),
  granted: list,
  once: list,
});

export function authorizeEndpoints(world: World, grants: Grants): { show: Endpoint; submit: Endpoint } {
  const identify = (request: Request): Identity => {
    const clientId = request.query['client_id'];
    return { clientId: typeof clientId === 'string' ? clientId : undefined };
  };
  return {
    show: {
      method: 'authorize',
      identify,
      handle: (request) => {
        const wanted = readAuthorizationRequest(world, request.originalUrl);
        const { consent, accounts } = stateOf(world);
        const decision = consent.next.shift() ?? consent.always;
        if (decision !== undefined) {
          world.store.changed();
          const hinted = accounts.some((account) => account.email === wanted.loginHint);
          const hint = hinted && wanted.loginHint !== undefined ? { account: wanted.loginHint } : {};
          return decide(world, grants, wanted, { ...hint, ...decision });
        }
        const page = consentPage({ request: wanted, accounts, action: request.originalUrl });
        return htmlReply(200, page);
      },
    },
    submit: {
      method: 'authorize',
      identify: (request) => ({ ...identify(request), details: { consent: true } }),
      handle: (request) => {
        const wanted = readAuthorizationRequest(world, request.originalUrl);
        const form = formSchema.safeParse(request.body);
        if (!form.success) refusePage(400, 'invalid_request', 'The consent form is incomplete.');
        const { action, account, access, granted, once } = form.data;
        const untick = wanted.resources.filter((resource) => !granted.includes(resource));
        const reply = decide(world, grants, wanted, { account, access, untick, once, decline: action === 'decline' });
        // 303 makes the browser fetch the app's callback with GET after the posted form.
        return { ...redirectReply(String(reply.headers['location'])), status: 303 };
      },
    },
  };
}
