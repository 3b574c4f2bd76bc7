/** The host app's JSON routes, behind an API key. */
import { json, Router, type Request, type RequestHandler } from 'express';

import type { Consent } from '../database/consents';
import type { Export } from '../database/exports';
import type { StoredPart } from '../database/parts';
import type { HostApp } from '../database/host-apps';
import { PortageError } from '../domain/errors';
import { findingWords } from '../domain/finding-words';
import { resources as knownResources } from '../domain/resources';
import { archiveRouter } from './archive-routes';
import { recordRouter } from './record-routes';
import { readConnectRequest } from './connect-request';
import type { ServerDependencies } from './dependencies';
import { healthDetails } from './health';
import { renewalAnswer } from './renewal';

/** How many exports one answer lists at most; older ones come with `?before=`. */
const exportsPerPage = 100;

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

  const exportJson = (row: Export, parts: readonly StoredPart[]) => ({
    id: row.id,
    consentId: row.consentId,
    resource: row.resource,
    resources: row.resources,
    cycle: row.cycle,
    state: row.state,
    verdict: row.verdict,
    errorCode: row.errorCode,
    findings: row.findings.map((finding) => ({ ...finding, text: findingWords(finding) })),
    startTime: row.startTime,
    endTime: row.endTime,
    adopted: row.adopted,
    requestedAt: row.requestedAt,
    lockedUntil: row.lockedUntil,
    initiatedAt: row.initiatedAt,
    exportTime: row.exportTime,
    endedAt: row.endedAt,
    partsTotal: row.partsTotal,
    files: row.files,
    bytes: row.bytes,
    records: recordsJson(row),
    partsDroppedAt: row.partsDroppedAt,
    progress: progressJson(row),
    parts: parts.map((part) => ({
      number: part.number,
      bytes: part.bytes,
      sha256: part.sha256,
      path: `/v1/exports/${row.id}/parts/${part.number}`,
    })),
  });

  router.use(authenticate);

  router.get('/health', healthDetails(deps));

  router.post('/connect-sessions', json({ limit: '64kb' }), async (request, response) => {
    const at = now();
    const hostAppId = caller(request).id;
    const fittingCount = (names: readonly string[]) => deps.oauth.fittingCount(names);
    const wanted = await readConnectRequest(request.body, { hostAppId, known, fittingCount, consents, now: at });
    const expiresAt = new Date(at.getTime() + config.connectLinkTtlMs);
    const { id, link } = await connectSessions.create({ ...wanted, hostAppId, at, expiresAt });
    response.status(201).json({ id, connectUrl: `${config.publicUrl}/connect/${link}`, expiresAt });
  });

  router.get('/connect-sessions/:id', async (request, response) => {
    const session = await connectSessions.find(request.params.id);
    if (session?.hostAppId !== caller(request).id) throw new PortageError('NOT_FOUND', { detail: 'connect session' });
    const { id, userId, state, errorCode, resources, since, renewsConsentId, consentId } = session;
    // A grant that does not cover the consent to renew makes a consent of its own.
    const renewed = renewsConsentId === null || consentId === null ? null : renewsConsentId === consentId;
    const { createdAt, expiresAt } = session;
    response.json({
      ...{ id, userId, state, errorCode, resources, since, renewsConsentId, renewed, consentId, createdAt, expiresAt },
    });
  });

  router.get('/consents/:id', async (request, response) => {
    const consent = await ownConsent(request, request.params.id);
    const { before } = request.query;
    if (before !== undefined && typeof before !== 'string') {
      throw new PortageError('REQUEST_INVALID', { detail: 'before: is the id of one export' });
    }
    const rows = await exports.page(consent.id, { before, limit: exportsPerPage + 1 });
    const shown = rows.slice(0, exportsPerPage);
    const parts = await exports.partsOf(shown.map(({ id }) => id));
    response.json({
      id: consent.id,
      userId: consent.userId,
      state: consent.state,
      errorCode: consent.errorCode,
      accessType: consent.accessType,
      requestedResources: consent.requestedResources,
      grantedResources: consent.grantedResources,
      supersededResources: consent.supersededResources,
      since: consent.since,
      records: consent.keep,
      createdAt: consent.createdAt,
      endsAt: consent.endsAt,
      pausedAt: consent.pausedAt,
      batchedAt: consent.batchedAt,
      resetAnswer: consent.resetAnswer,
      endedAt: consent.endedAt,
      renewal: renewalAnswer(deps, consent),
      exports: shown.map((row) => exportJson(row, parts.get(row.id) ?? [])),
      nextBefore: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
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
    const row = await ownExport(request, request.params.id);
    response.json(exportJson(row, await exports.listParts(row.id)));
  });

  router.use(archiveRouter(deps, ownExport));
  router.use(recordRouter(deps, { consent: ownConsent, export: ownExport }));

  return router;
}

/** What reading the records gave; null before it has begun. While they are read, how many were so far. */
function recordsJson({
  recordsState,
  recordsErrorCode,
  recordsNumber,
  recordsCount,
  recordsByKind,
  recordsRead,
}: Export) {
  if (recordsState === null) return recordsRead === null ? null : { state: 'reading' as const, read: recordsRead };
  return {
    ...{ state: recordsState, errorCode: recordsErrorCode, cursor: recordsNumber, ...recordsCount },
    byKind: recordsByKind ?? {},
  };
}

/** How far the download is; null before it has begun. Written every few seconds at most. */
function progressJson(row: Export) {
  const { bytesStored, bytesTotal, segmentsStored, segmentsTotal, bytesPerSecond, progressAt } = row;
  if (progressAt === null) return null;
  return { bytesStored, bytesTotal, segmentsStored, segmentsTotal, bytesPerSecond, at: progressAt };
}
