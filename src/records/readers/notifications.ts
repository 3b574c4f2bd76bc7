/** Subjects and ways of Search's notifications (docs/google-api.md §A9). */
import { notificationSettingColumns, notificationSubscriptionColumns } from '../kinds/alerts';
import { tableReader } from './plain-tables';

export const notificationSettings = tableReader({
  resources: ['searchnotifications.settings'],
  services: [],
  table: {
    kind: 'notification_setting',
    columns: notificationSettingColumns,
    marks: ['scopeIdentifier', 'optInState'],
    // The last two headers are known from translations only, so their place counts.
    forms: {},
    orders: [Object.keys(notificationSettingColumns)],
  },
  identity: 'scopeIdentifier',
});

export const notificationSubscriptions = tableReader({
  resources: ['searchnotifications.subscriptions'],
  services: [],
  table: {
    kind: 'notification_subscription',
    columns: notificationSubscriptionColumns,
    marks: ['subscriptionIdentifier'],
    forms: {},
    orders: [Object.keys(notificationSubscriptionColumns)],
  },
  identity: 'subscriptionIdentifier',
});
