/** The host app is reminded of the end of a time-based consent. */
import type { Consent } from '../../src/database/consents';
import { day, minute } from './virtual-users';
import type { VirtualPortage } from './virtual-portage';

/** Expects one reminder for each of these numbers of days before the end, at its time, and no other. */
export async function checkReminders(
  { portage }: VirtualPortage,
  { id, endsAt }: Consent,
  daysBefore: readonly number[],
): Promise<void> {
  const events = await portage.consents.listEvents(id);
  const reminders = events.filter(({ type }) => type === 'consent.renewal_due');
  expect(reminders.map(({ data }) => data['daysBefore'])).toEqual(daysBefore);
  for (const { createdAt, data } of reminders) {
    expect(data['endsAt']).toBe(endsAt?.toISOString());
    const lateMs = createdAt.getTime() - ((endsAt?.getTime() ?? 0) - Number(data['daysBefore']) * day);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(5 * minute);
  }
}
