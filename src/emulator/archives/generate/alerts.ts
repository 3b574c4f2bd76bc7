/** Google Alerts: the subscriptions of the page `alerts` (docs/google-api.md §A9). */
import { jsonFile, type Producer } from './produce';
import type { Chance } from './random';
import { happenings, type Subject } from './subject';
import { undocumented } from './undocumented';

/** Only alerts delivered by mail have frequency, time and address. The page does not show the form of the time. */
function delivery({ account }: Subject, chance: Chance): Record<string, unknown> {
  if (chance.happens(0.3)) return { delivery_method: 'RSS' };
  return {
    delivery_method: 'EMAIL',
    delivery_frequency: chance.pick(['HOURLY', 'DAILY', 'WEEKLY']),
    delivery_time: { time_of_day: undocumented('09:00'), day_of_week: 'MONDAY', timezone: 'Europe/Dublin' },
    email_address: account.email,
  };
}

export const alerts: Producer = (subject) => {
  const { account, words } = subject;
  const list = happenings(subject, subject.resource, [0, 1]).map(({ chance }) => ({
    query: chance.pick(words.topics),
    language: account.locale,
    country: account.accountCountry,
    apply_language_restrict: chance.happens(0.5),
    apply_region_restrict: chance.happens(0.5),
    source: chance.pick([['NEWS'], ['WEB'], ['NEWS', 'WEB']]),
    quality: [chance.pick(['LOW', 'HIGH'])],
    ...delivery(subject, chance),
  }));
  const files = list.length === 0 ? [] : [jsonFile('Your Google Alerts subscriptions.json', list)];
  return { service: 'ALERTS', folder: 'Alerts', files };
};
