/** The consent of a page, for the browser in which it was given or renewed, and for no other. */
import type { Request } from 'express';

import type { Consent } from '../database/consents';
import { PortageError } from '../domain/errors';
import { browserOf } from './browser';
import type { ServerDependencies } from './dependencies';

type ConsentReader = Pick<ServerDependencies, 'consents' | 'connectSessions'>;

/** @throws PortageError `NOT_FOUND` or `NOT_YOUR_PAGE` */
export async function ownConsent(
  { consents, connectSessions }: ConsentReader,
  request: Request<{ id: string }>,
): Promise<Consent> {
  const { id } = request.params;
  const consent = await consents.find(id);
  if (consent === undefined) throw new PortageError('NOT_FOUND');
  const browser = browserOf(request);
  if (browser === undefined || !(await connectSessions.isBrowserOf(id, browser)))
    throw new PortageError('NOT_YOUR_PAGE');
  return consent;
}
