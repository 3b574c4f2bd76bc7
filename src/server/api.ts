/** The host app's JSON routes, behind an API key. */
import { json, Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';

import type { Consent } from '../database/consents';
import type { Export } from '../database/exports';
import type { HostApp } from '../database/host-apps';
import { PortageError } from '../domain/errors';
import { findingWords } from '../domain/finding-words';
import { resources as knownResources } from '../domain/resources';
import { archiveRouter } from './archive-routes';
import type { ServerDependencies } from './dependencies';

const webUrl = z.url({ protocol: /^https?$/ }).max(2_000);

const connectSessionRequest = z.strictObject({
  /** The host app's own, opaque id of its user. */
  userId: z.string().min(1).max(200),
  resources: z.array(z.string().min(1).max(100)).min(1).max(100),
  returnUrl: webUrl.optional(),
});

export function apiRouter(deps: ServerDependencies): Router {
  const { config, connectSessions, consents, exports, now } = deps;
  const router = Router();
  const known = new Set([...knownResources.keys(), ...config.google.extraResources]);
  const hostAppOf = new WeakMap<Request, HostApp>();

  const authenticate: RequestHandler = async (request, _response, next) => {
    const key = /^Bearer ([\w-]{1,200})$/.exec(request.get('authorization') ?? '')?.[1];
    const hostApp = key === undefined ? undefined : await deps.hostApps.findByApiKey(key);
    if (hostApp === undefined) throw new PortageError('API_KEY_INVALID');
    hostAppOf.set(request, hostApp);
    next();
  };

  const caller = (request: Request): HostApp => {
    const hostApp = hostAppOf.get(request);
    if (hostApp === undefined) throw new PortageError('API_KEY_INVALID');
    return hostApp;
  };

  /** @throws PortageError `NOT_FOUND` also when it belongs to another host app, so that ids tell nothing */
  const ownConsent = async (request: Request, id: string): Promise<Consent> => {
    const consent = await consents.find(id);
    if (consent?.hostAppId !== caller(request).id) throw new PortageError('NOT_FOUND', { detail: 'consent' });
    return consent;
  };

  const ownExport = async (request: Request, id: string): Promise<Export> => {
    const row = await exports.find(id);
    if (row === undefined) throw new PortageError('NOT_FOUND', { detail: 'export' });
    await ownConsent(request, row.consentId);
    return row;
  };

  const exportJson = async (row: Export) => ({
    id: row.id,
    consentId: row.consentId,
    resource: row.resource,
    cycle: row.cycle,
    state: row.state,
    verdict: row.verdict,
    errorCode: row.errorCode,
    findings: row.findings.map((finding) => ({ ...finding, text: findingWords(finding) })),
    requestedAt: row.requestedAt,
    initiatedAt: row.initiatedAt,
    exportTime: row.exportTime,
    endedAt: row.endedAt,
    partsTotal: row.partsTotal,
    files: row.files,
    bytes: row.bytes,
    progress: progressJson(row),
    parts: (await deps.parts.list(row.id)).map((part) => ({
      number: part.number,
      bytes: part.bytes,
      sha256: part.sha256,
      path: `/v1/exports/${row.id}/parts/${part.number}`,
    })),
  });

  router.use(authenticate);

  router.post('/connect-sessions', json({ limit: '64kb' }), async (request, response) => {
    const body = connectSessionRequest.safeParse(request.body);
    if (!body.success) {
      const fields = body.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
      throw new PortageError('REQUEST_INVALID', { detail: fields.join('; ').slice(0, 500) });
    }
    const resources = [...new Set(body.data.resources)];
    const unknown = resources.filter((resource) => !known.has(resource));
    if (unknown.length > 0) throw new PortageError('RESOURCE_UNKNOWN', { detail: unknown.join(', ').slice(0, 200) });

    const at = now();
    const expiresAt = new Date(at.getTime() + config.connectLinkTtlMs);
    const { userId, returnUrl } = body.data;
    const { id, link } = await connectSessions.create({
      hostAppId: caller(request).id,
      userId,
      resources,
      returnUrl,
      at,
      expiresAt,
    });
    response.status(201).json({ id, connectUrl: `${config.publicUrl}/connect/${link}`, expiresAt });
  });

  router.get('/connect-sessions/:id', async (request, response) => {
    const session = await connectSessions.find(request.params.id);
    if (session?.hostAppId !== caller(request).id) throw new PortageError('NOT_FOUND', { detail: 'connect session' });
    const { id, userId, state, errorCode, resources, consentId, createdAt, expiresAt } = session;
    response.json({ id, userId, state, errorCode, resources, consentId, createdAt, expiresAt });
  });

  router.get('/consents/:id', async (request, response) => {
    const consent = await ownConsent(request, request.params.id);
    const { id, userId, state, errorCode, accessType, requestedResources, grantedResources } = consent;
    const { createdAt, endsAt, endedAt } = consent;
    const rows = await exports.listByConsent(id);
    response.json({
      id,
      userId,
      state,
      errorCode,
      accessType,
      requestedResources,
      grantedResources,
      createdAt,
      endsAt,
      endedAt,
      exports: await Promise.all(rows.map(exportJson)),
    });
  });

  /** The host app has the data; RETENTION may count from here. */
  router.post('/exports/:id/delivery', async (request, response) => {
    const row = await ownExport(request, request.params.id);
    if (row.endedAt === null) throw new PortageError('NOT_READY', { detail: 'the export has not ended' });
    await deps.dataDeletion.confirmDelivery(row.id, now());
    response.status(204).end();
  });

  router.get('/exports/:id', async (request, response) => {
    response.json(await exportJson(await ownExport(request, request.params.id)));
  });

  router.use(archiveRouter(deps, ownExport));

  return router;
}

/** How far the download is; null before it has begun. Written every few seconds at most. */
function progressJson(row: Export) {
  const { bytesStored, bytesTotal, segmentsStored, segmentsTotal, bytesPerSecond, progressAt } = row;
  if (progressAt === null) return null;
  return { bytesStored, bytesTotal, segmentsStored, segmentsTotal, bytesPerSecond, at: progressAt };
}
