/** Changes of a consent that record an event in the same transaction. */
import { eq } from 'drizzle-orm';

import type { EventType } from '../../domain/states';
import type { EventData } from '../../events/event-types';
import type { Database } from '../database';
import { recordEvent } from '../write-events';
import type { Consent } from '../rows';
import { consents } from '../schema';

/** A day for the host app: reminders are counted in real days, even in a demo with shorter ones. */
const dayMs = 24 * 3_600_000;

export function announcedQueries(db: Database) {
  /** Changes a consent and records the event in one transaction, if there is something to change. */
  const change = async <T extends EventType>(
    id: string,
    type: T,
    at: Date,
    decide: (consent: Consent) => { set: Partial<Consent>; data: EventData<T> } | undefined,
  ): Promise<void> => {
    await db.transaction(async (tx) => {
      const [consent] = await tx.select().from(consents).where(eq(consents.id, id)).for('update');
      const changed = consent === undefined ? undefined : decide(consent);
      if (consent === undefined || changed === undefined) return;
      await tx.update(consents).set(changed.set).where(eq(consents.id, id));
      await recordEvent(tx, { hostAppId: consent.hostAppId, type, consentId: id, data: changed.data, at });
    });
  };

  return {
    /** Pauses or resumes; a repeat changes nothing. */
    async setPaused(id: string, paused: boolean, at: Date): Promise<void> {
      await change(id, paused ? 'consent.paused' : 'consent.resumed', at, (consent) =>
        (consent.pausedAt !== null) === paused ? undefined : { set: { pausedAt: paused ? at : null }, data: {} },
      );
    },

    /** Records an event, once for this end of the grant, that the grant can be renewed. */
    async remind(id: string, beforeEndMs: number, at: Date): Promise<void> {
      const daysBefore = Math.round(beforeEndMs / dayMs);
      await change(id, 'consent.renewal_due', at, (consent) => {
        const reminded = consent.remindedForEndsAt?.getTime() === consent.endsAt?.getTime();
        if (reminded && consent.remindedDaysBefore !== null && consent.remindedDaysBefore <= daysBefore)
          return undefined;
        return {
          set: { remindedForEndsAt: consent.endsAt, remindedDaysBefore: daysBefore },
          data: { endsAt: consent.endsAt?.toISOString() ?? null, daysBefore },
        };
      });
    },
  };
}
