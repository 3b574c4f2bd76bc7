/** Writes facts for the host app, always in the transaction of the change they tell of. */
import type { EventType } from '../domain/states';
import type { Database } from './connect';
import { newId } from './ids';
import { events } from './schema';

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
