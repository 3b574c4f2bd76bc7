/** That the host app was sent every event of its consents, and those of each consent in their order. */
import type { WebhookReceiver } from '../../support/webhook-receiver';
import type { Evidence } from './evidence';

/** @returns the faults, a sentence each */
export function checkWebhooks({ events }: Evidence, { received }: WebhookReceiver): string[] {
  const problems: string[] = [];
  const byId = new Map(received.map(({ event }) => [event.id, event]));
  for (const { id, type, position } of events) {
    const sent = byId.get(id);
    if (sent === undefined) problems.push(`${type} ${id} was never sent`);
    else if (sent.position !== position) problems.push(`${type} ${id} was sent as event ${sent.position}`);
  }
  // A repeat after a crash may come late; the first time counts.
  const seen = new Set<string>();
  const last = new Map<string, number>();
  for (const { event } of received) {
    const { id, type, position, data } = event;
    // Events of connect sessions have an order of their own (docs/webhooks.md).
    if (seen.has(id) || data.consentId === undefined || type.startsWith('connect_session.')) continue;
    seen.add(id);
    const before = last.get(data.consentId) ?? 0;
    if (position < before) problems.push(`${type} ${id}, event ${position}, came after event ${before} of its consent`);
    last.set(data.consentId, Math.max(before, position));
  }
  if (events.length === 0) problems.push('there are no events');
  return problems;
}
