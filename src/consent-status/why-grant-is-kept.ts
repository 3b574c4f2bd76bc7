/** What Portage waits for before it ends a consent's grant at Google, as pages, the API and commands show it. */
import type { ConnectSessionStore } from '../database/connect-sessions';
import type { Consent, ConsentStore } from '../database/consents';
import type { GrantWaitReason } from '../domain/states';

export interface GrantWait {
  readonly reason: GrantWaitReason;
  /** The user's other consents that have not ended; empty when consents of another user keep the grant. */
  readonly consentIds: readonly string[];
  /** The end of the wait at the latest, when Google has ended the grant itself; null when that time is not known. */
  readonly until: Date | null;
}

export interface GrantWaitStores {
  readonly consents: Pick<ConsentStore, 'liveSiblings' | 'activeSharers'>;
  readonly connectSessions: Pick<ConnectSessionStore, 'isConnecting'>;
}

/** @returns null when Portage does not wait: the grant is not to be ended yet, is being ended, or has ended */
export async function grantWaitOf(
  { consents, connectSessions }: GrantWaitStores,
  consent: Consent,
  at: Date,
): Promise<GrantWait | null> {
  const { id, state, hostAppId, userId, resetAnswer, grantKeptUntil: until } = consent;
  if (state !== 'ending' && until === null) return null;
  const wait = (reason: GrantWaitReason, others: readonly Consent[] = []): GrantWait => {
    return { reason, consentIds: others.map((other) => other.id), until };
  };
  // While the consent is ending, other consents do not delay it: it ends at once, and its grant is kept.
  const others = until === null ? [] : await consents.liveSiblings(consent);
  if (others.length > 0) return wait('other_consents', others);
  if (userId !== null && (await connectSessions.isConnecting(hostAppId, userId, at))) return wait('user_is_connecting');
  if (until !== null && (await consents.activeSharers(id)).length > 0) return wait('other_consents');
  return resetAnswer === 'refused' ? wait('google_refuses') : null;
}
