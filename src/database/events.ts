/** Writes facts for the host app, always in the transaction of the change they tell of. */
import { eq, sql } from 'drizzle-orm';

import type { EventType } from '../domain/states';
import type { Database } from './database';
import { newId } from './ids';
import { consents, events } from './schema';

export interface NewEvent {
  readonly hostAppId: string;
  readonly type: EventType;
  readonly consentId?: string;
  readonly exportId?: string;
  /** Ids, states, times and counts; never personal data. */
  readonly data: Record<string, unknown>;
  readonly at: Date;
}

/** @param tx the transaction that makes the change */
export async function recordEvent(tx: Pick<Database, 'insert'>, event: NewEvent): Promise<void> {
  const { at, ...values } = event;
  await tx.insert(events).values({ ...values, id: newId('evt'), createdAt: at });
}

/** The same for the host app of a consent, in one statement. @param tx the transaction that makes the change */
export async function recordConsentEvent(
  tx: Pick<Database, 'select' | 'insert'>,
  { type, consentId, exportId, data, at }: Omit<NewEvent, 'hostAppId'> & { readonly consentId: string },
): Promise<void> {
  await tx.insert(events).select(
    tx
      .select({
        id: sql<string>`${newId('evt')}::text`.as('id'),
        hostAppId: consents.hostAppId,
        type: sql<EventType>`${type}::text`.as('type'),
        consentId: consents.id,
        exportId: sql<string | null>`${exportId ?? null}::text`.as('export_id'),
        data: sql<NewEvent['data']>`${JSON.stringify(data)}::jsonb`.as('data'),
        createdAt: sql<Date>`${at.toISOString()}::timestamptz`.as('created_at'),
      })
      .from(consents)
      .where(eq(consents.id, consentId)),
  );
}
