/** Webhook endpoints, for their host app: the same actions as the command `portage webhooks`. */
import { Router } from 'express';

import type { Event, ReplayChoice, WebhookDelivery, WebhookEndpoint } from '../database/webhooks';
import { PortageError } from '../domain/error-codes';
import { eventsPerReplay } from '../domain/webhook-limits';
import { checkWebhookUrl } from '../webhooks/check-url';
import { publicKeyOf, type WebhookSecrets } from '../webhooks/sign';
import type { HostAppAccess } from './authentication/host-app';
import { mountOperation } from './contract/mount-operation';
import { bodyFault } from './contract/read-request';
import * as operations from './contract/webhook-endpoints';
import { listDeliveries, replayEvents } from './contract/webhook-deliveries';
import type { ServerDependencies } from './dependencies';
import { pageOf } from './list-page';

type WebhookDependencies = Pick<ServerDependencies, 'webhooks' | 'config' | 'now'>;

const dayMs = 24 * 3_600_000;
const attemptsShown = 20;

export function webhookEndpointRouter(deps: WebhookDependencies, access: HostAppAccess): Router {
  const { webhooks, config, now } = deps;
  const router = Router();

  mountOperation(router, operations.createWebhookEndpoint, async ({ request, body }) => {
    checkUrl(body.url, config.webhookPrivateNetworks);
    const eventTypes = body.eventTypes && [...new Set(body.eventTypes)];
    const { id: hostAppId } = access.hostAppOf(request);
    const made = await webhooks.createEndpoint({ hostAppId, url: body.url, eventTypes, at: now() });
    // The path may contain a secret of the host app.
    access.noteSubject(request, { object: made.endpoint.id, details: { origin: new URL(body.url).origin } });
    return { ...endpointJson(made.endpoint, now()), ...secretsJson(made.secrets) };
  });

  mountOperation(router, operations.listWebhookEndpoints, async ({ request, query: { limit, after } }) => {
    const at = now();
    // They are few (domain/webhook-limits.ts).
    const own = (await webhooks.listEndpoints(access.hostAppOf(request).id)).toReversed();
    const rest = own.filter(({ id }) => after === undefined || id < after);
    const { shown, nextAfter } = pageOf(rest, limit);
    return { items: shown.map((endpoint) => endpointJson(endpoint, at)), nextAfter };
  });

  mountOperation(router, operations.getWebhookEndpoint, async ({ request, path }) =>
    endpointJson(await access.webhookEndpointOfHostApp(request, path.id), now()),
  );

  mountOperation(router, operations.changeWebhookEndpoint, async ({ request, path, body: { url, eventTypes } }) => {
    const { id } = await access.webhookEndpointOfHostApp(request, path.id);
    if (url !== undefined) checkUrl(url, config.webhookPrivateNetworks);
    const changed = { url, eventTypes: eventTypes && [...new Set(eventTypes)] };
    const origin = url && new URL(url).origin;
    access.noteSubject(request, { object: id, details: { origin, eventTypes: eventTypes?.join(' ') ?? eventTypes } });
    const endpoint = await webhooks.changeEndpoint(id, changed, now());
    if (endpoint === undefined) throw endpointGone();
    return endpointJson(endpoint, now());
  });

  mountOperation(router, operations.deleteWebhookEndpoint, async ({ request, path }) => {
    const { id } = await access.webhookEndpointOfHostApp(request, path.id);
    await webhooks.deleteEndpoint(id, now());
  });

  mountOperation(router, operations.enableWebhookEndpoint, async ({ request, path }) => {
    const { id, state } = await access.webhookEndpointOfHostApp(request, path.id);
    // An endpoint that is already enabled keeps the pauses between its tries.
    if (state !== 'enabled') await webhooks.enableEndpoint(id, now());
    return endpointJson(await access.webhookEndpointOfHostApp(request, id), now());
  });

  mountOperation(router, operations.disableWebhookEndpoint, async ({ request, path }) => {
    const { id } = await access.webhookEndpointOfHostApp(request, path.id);
    await webhooks.disableEndpoint(id, 'host_app', now());
    return endpointJson(await access.webhookEndpointOfHostApp(request, id), now());
  });

  mountOperation(router, operations.rotateWebhookSecret, async ({ request, path, body }) => {
    const { id } = await access.webhookEndpointOfHostApp(request, path.id);
    const overlapMs = body?.overlapSeconds === undefined ? dayMs : body.overlapSeconds * 1_000;
    const at = now();
    const secrets = await webhooks.rotateSecrets(id, overlapMs, at);
    if (secrets === undefined) throw endpointGone();
    const formerSecretUntil = overlapMs === 0 ? null : new Date(at.getTime() + overlapMs);
    return { id, ...secretsJson(secrets), formerSecretUntil };
  });

  mountOperation(router, operations.testWebhookEndpoint, async ({ request, path }) => {
    const { id } = await access.webhookEndpointOfHostApp(request, path.id);
    const eventId = await webhooks.testEndpoint(id, now());
    if (eventId === undefined) throw endpointGone();
    return { eventId };
  });

  mountOperation(router, listDeliveries, async ({ request, path, query: { state, after, limit } }) => {
    const { id } = await access.webhookEndpointOfHostApp(request, path.id);
    const rows = await webhooks.listDeliveries(id, { state, after, limit: limit + 1 });
    const { shown, nextAfter } = pageOf(rows, limit, ({ event }) => event.id);
    return { items: shown.map(deliveryJson), nextAfter };
  });

  mountOperation(router, replayEvents, async ({ request, path, body: { eventId, since, until } }) => {
    const { id } = await access.webhookEndpointOfHostApp(request, path.id);
    const choice = choiceOf(eventId, since, until);
    const events = await webhooks.replay(id, choice, now(), eventsPerReplay);
    if (events === 0 && eventId !== undefined) throw new PortageError('NOT_FOUND', { detail: 'event' });
    return { events };
  });

  return router;
}

/** The choice from the body, which has exactly one of an event, a time and `failures`. */
function choiceOf(eventId: string | undefined, since: string | undefined, until: string | undefined): ReplayChoice {
  if (eventId !== undefined) return { eventId };
  if (since === undefined) return 'failures';
  return { since: new Date(since), until: until === undefined ? undefined : new Date(until) };
}

const endpointGone = () => new PortageError('NOT_FOUND', { detail: 'webhook endpoint' });

/** @throws PortageError `WEBHOOK_URL_REFUSED` naming the field */
function checkUrl(url: string, networks: readonly string[]): void {
  try {
    checkWebhookUrl(url, networks);
  } catch (error) {
    if (!(error instanceof PortageError)) throw error;
    const { detail = 'is refused' } = error;
    throw new PortageError('WEBHOOK_URL_REFUSED', { detail, faults: [bodyFault(['url'], detail, url)] });
  }
}

function endpointJson(endpoint: WebhookEndpoint, at: Date) {
  const { id, url, eventTypes, state, disabledReason, failingSince, formerSecretsUntil, createdAt } = endpoint;
  const isOver = formerSecretsUntil === null || formerSecretsUntil <= at;
  return {
    ...{ id, url, eventTypes, state: state === 'enabled' ? ('enabled' as const) : ('disabled' as const) },
    ...{ disabledReason, failingSince, formerSecretUntil: isOver ? null : formerSecretsUntil, createdAt },
  };
}

const secretsJson = (secrets: WebhookSecrets) => ({ secret: secrets.hmac, publicKey: publicKeyOf(secrets) });

function deliveryJson({ delivery, event }: { delivery: WebhookDelivery; event: Event }) {
  const { position, state, tries, nextAt, endedAt, attempts } = delivery;
  const shown = attempts.slice(-attemptsShown);
  return {
    ...{ eventId: event.id, type: event.type, position, consentId: event.consentId, exportId: event.exportId },
    ...{ eventAt: event.createdAt, state, tries, lastStatus: shown.at(-1)?.status ?? null },
    ...{ nextTryAt: state === 'pending' ? nextAt : null, endedAt },
    attempts: shown.map(({ at, status, problem, durationMs, answer }) => {
      return { at, status, problem: problem ?? null, durationMs, answer };
    }),
  };
}
