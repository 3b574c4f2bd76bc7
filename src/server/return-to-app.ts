/**
 * The redirect of a browser whose connect session has its answer, so that a user who consented need not start again.
 */
import { setTimeout as pause } from 'node:timers/promises';

import type { Response } from 'express';

import type { ConnectSession } from '../database/connect-sessions';
import { errorTable, type ErrorCode } from '../domain/error-codes';
import type { ServerDependencies } from './dependencies';
import { messagePage } from './pages/message-page';
import { returnParameters } from './return-parameters';

type LeadingDependencies = Pick<ServerDependencies, 'connectSessions'>;

/** How long to wait for the answer of another tab, which is being exchanged and stored. */
const decidedWithinMs = 15_000;
const lookEveryMs = 250;
/** The wait, in seconds, before the page checks again whether a held grant has become a consent. */
const delayedSeconds = 180;

/** @param session one that this browser opened, and that Google has answered or that has ended */
export async function leadOn(deps: LeadingDependencies, session: ConnectSession, response: Response): Promise<void> {
  const { state, consentId, errorCode, oauthStateUsedAt } = await decided(deps, session);
  if (state === 'connected') response.redirect(303, `/consents/${consentId ?? ''}`);
  else if (state === 'awaiting_confirmation') await returnToApp(deps, session, response);
  else if (errorCode !== null) sendOutcome(session, errorCode, response);
  else if (oauthStateUsedAt !== null) sendOutcome(session, 'CONNECT_DELAYED', response);
  else sendOutcome(session, 'CONNECT_LINK_EXPIRED', response);
}

/** Sends the browser to the host app, with a code by which the host app can confirm the user. */
export async function returnToApp(
  deps: LeadingDependencies,
  session: ConnectSession,
  response: Response,
): Promise<void> {
  const address = await returnAddress(deps, session);
  // The session was confirmed or ended meanwhile.
  if (address === undefined) await leadOn(deps, session, response);
  else response.set('cache-control', 'no-store').redirect(303, address);
}

/** @returns `returnUrl` with a new code; undefined when the session no longer awaits a confirmation */
export async function returnAddress(
  { connectSessions }: LeadingDependencies,
  { id, returnUrl }: ConnectSession,
): Promise<string | undefined> {
  const code = await connectSessions.newConfirmationCode(id);
  if (code === undefined || returnUrl === null) return undefined;
  const address = new URL(returnUrl);
  const added = `${returnParameters.session}=${id}&${returnParameters.code}=${code}`;
  address.search = address.search === '' ? added : `${address.search}&${added}`;
  return address.href;
}

/** Shows how a connect session ended, or that it has not yet ended. */
export function sendOutcome(session: ConnectSession, code: ErrorCode, response: Response): void {
  if (code === 'CONNECT_DELAYED') response.set('retry-after', String(delayedSeconds));
  response.status(errorTable[code].status).send(messagePage({ code, returnUrl: session.returnUrl ?? undefined }));
}

/** The session once its answer was exchanged and stored, or its present state after a time limit. */
async function decided({ connectSessions }: LeadingDependencies, session: ConnectSession): Promise<ConnectSession> {
  const until = performance.now() + decidedWithinMs;
  for (;;) {
    const current = (await connectSessions.find(session.id)) ?? session;
    const isUndecided = current.state === 'started' && current.oauthStateUsedAt !== null;
    if (!isUndecided || performance.now() > until) return current;
    await pause(lookEveryMs);
  }
}
