/** Resources that newer consents of a user take over from an older one. */
import { eq } from 'drizzle-orm';

import type { TakeoverReason } from '../../domain/states';
import type { EventData } from '../../events/event-types';
import type { Database } from '../database';
import { recordEvent } from '../write-events';
import { consents } from '../schema';

/**
 * The newer consent of the same user that exports resources in place of an older one; `by` is null when it is no longer
 * known.
 */
export interface Takeover {
  readonly by: string | null;
  readonly because: TakeoverReason | null;
  readonly resources: readonly string[];
}

export function takeoverQueries(db: Database) {
  return {
    /** Newer consents of the user export these resources from now on. Each newer consent is one event. */
    async supersede(id: string, takeovers: readonly Takeover[], at: Date): Promise<void> {
      await db.transaction(async (tx) => {
        const [consent] = await tx.select().from(consents).where(eq(consents.id, id)).for('update');
        if (consent === undefined) return;
        const { hostAppId, grantedResources } = consent;
        const superseded = new Set(consent.supersededResources);
        const takers = new Set(consent.supersededBy);
        const eventData: EventData<'consent.superseded'>[] = [];
        for (const { by, because, resources } of takeovers) {
          const taken = grantedResources.filter((each) => resources.includes(each) && !superseded.has(each));
          if (taken.length === 0) continue;
          for (const each of taken) superseded.add(each);
          if (by !== null) takers.add(by);
          eventData.push({ resources: taken, by, because });
        }
        if (eventData.length === 0) return;
        const changed = { supersededResources: [...superseded], supersededBy: [...takers] };
        await tx.update(consents).set(changed).where(eq(consents.id, id));
        for (const data of eventData) {
          await recordEvent(tx, { hostAppId, type: 'consent.superseded', consentId: id, data, at });
        }
      });
    },
  };
}
