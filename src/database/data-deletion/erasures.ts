/**
 * The deletion of a whole user: the sessions of the user share its id, and an event is recorded once nothing of the
 * user is left. The event names the deletion and its consents, since the host app's id of the user is personal data.
 */
import { sql } from 'drizzle-orm';

import { recordEvent, type EventWriter } from '../write-events';

interface Erasure {
  readonly hostAppId: string;
  readonly consentIds: string[];
  readonly isComplete: boolean;
}

/**
 * Records `user.erased` for each complete deletion: none of its sessions and consents names its user any more.
 *
 * The row of the host app is locked first. So of two transactions that forget the last two consents at the same time,
 * the second one sees the changes of the first.
 *
 * @param tx the transaction that forgot data of these users; afterwards it may write only events (write-events.ts)
 * @param erasureIds may name one twice
 */
export async function recordErasures(tx: EventWriter, erasureIds: readonly string[], at: Date): Promise<void> {
  if (erasureIds.length === 0) return;
  const ids = sql`(${sql.join(
    [...new Set(erasureIds)].map((id) => sql`${id}`),
    sql`, `,
  )})`;
  await tx.execute(sql`
    select id from host_apps where id in (select host_app_id from connect_sessions where erasure_id in ${ids})
    order by id for no key update`);
  const { rows } = (await tx.execute(sql`
    select session.erasure_id as id, session.host_app_id as "hostAppId",
      coalesce(json_agg(distinct session.consent_id) filter (where session.consent_id is not null), '[]') as "consentIds",
      bool_and(session.user_id is null and (consent.id is null or consent.user_forgotten_at is not null)) as "isComplete"
    from connect_sessions session left join consents consent on consent.id = session.consent_id
    where session.erasure_id in ${ids} group by 1, 2 order by 2, 1`)) as {
    rows: unknown[];
  };
  for (const { id, hostAppId, consentIds, isComplete } of rows as (Erasure & { readonly id: string })[]) {
    if (!isComplete) continue;
    await recordEvent(tx, { hostAppId, type: 'user.erased', data: { erasureId: id, consentIds }, at });
  }
}
