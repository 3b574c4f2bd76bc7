/** The step after a grant is stored: starts the workflow of a new consent, or signals that of a renewed one. */
import type { ConnectSession } from '../database/connect-sessions';
import type { ServerDependencies } from './dependencies';
import type { KeptGrant } from './store-grant';

export type FollowingDependencies = Pick<
  ServerDependencies,
  'connectSessions' | 'consents' | 'consentStarter' | 'signalRenewal' | 'logger' | 'now'
>;

/** Never throws: the grant is stored, so housekeeping repeats a step that fails here. */
export async function startOrRenewWorkflow(
  { consents, consentStarter, signalRenewal, logger }: FollowingDependencies,
  { id: connectSessionId }: Pick<ConnectSession, 'id'>,
  { consentId, renewedUntil }: KeptGrant,
): Promise<void> {
  const about = { consentId, connectSessionId };
  if (renewedUntil !== undefined) {
    logger.info({ ...about, endsAt: renewedUntil }, 'consent renewed');
    await signalRenewal(consentId, renewedUntil);
    return;
  }
  logger.info(about, 'consent stored');
  try {
    const consent = await consents.find(consentId);
    if (consent !== undefined) await consentStarter.tryStart(consent);
  } catch (error) {
    logger.warn({ consentId, err: error }, 'consent stored, its workflow starts later');
  }
}
