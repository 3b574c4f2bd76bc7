/** Notifications of Search, by the page `search_notifications` (docs/google-api.md §A9): CSV, every column a text. */
import { csvFile, type Producer, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { chanceOf, happenings, type Subject } from './subject';

type Files = ServiceFolder['files'];

const settingColumns = [
  'Scope Identifier',
  'Opt In State',
  'Channel Importance',
  'Badge',
  'Sound',
  'Alerts',
  'Critical Alerts',
  'Time Sensitive',
  'Notification Center',
  'Displayed on Lock Screen',
  'Accepts Scheduled Delivery',
  'Live Activities',
  'Location Use Allowed',
];

/** One row per scope: the account, a device, a channel. The page lists no values. */
function settings(subject: Subject): Files {
  const chance = chanceOf(subject, subject.resource);
  const scopes = ['Account', `Device ${chance.hex(8)}`, `Channel ${chance.hex(8)}`];
  const state = (source: Chance) => source.pick(['Enabled', 'Disabled', 'Not set']);
  const rows = scopes.map((scope) => settingColumns.map((_column, index) => (index === 0 ? scope : state(chance))));
  return [csvFile(subject, 'Your Notification Configurations.csv', settingColumns, rows)];
}

function subscriptions(subject: Subject): Files {
  const rows = happenings(subject, subject.resource, [0, 1]).map(({ chance }) => [
    chance.pick(subject.words.topics),
    chance.pick(['Subscribed', 'Not subscribed']),
  ]);
  const columns = ['Subscription Identifier', 'Subscription State'];
  return rows.length === 0 ? [] : [csvFile(subject, 'Your Notification Subscriptions.csv', columns, rows)];
}

export const searchNotifications: Producer = (subject) => ({
  service: 'SEARCH_NOTIFICATIONS',
  folder: 'Search notifications',
  files: subject.resource.endsWith('settings') ? settings(subject) : subscriptions(subject),
});
