/** G/schema-reference/search_notifications: all columns are texts, values are not listed. Last names are translated back. */
import { csv, type Column, type DocumentedResource } from '../documented';

const settings: Column[] = [
  ['Scope Identifier', /./],
  ['Opt In State'],
  ['Channel Importance'],
  ['Badge'],
  ['Sound'],
  ['Alerts'],
  ['Critical Alerts'],
  ['Time Sensitive'],
  ['Notification Center'],
  ['Displayed on Lock Screen'],
  ['Accepts Scheduled Delivery'],
  ['Live Activities'],
  ['Location Use Allowed'],
];

export const searchNotifications: DocumentedResource[] = [
  {
    resource: 'searchnotifications.settings',
    page: 'search_notifications',
    read: 'whole, translated',
    fields: 'page',
    files: [{ name: 'Your Notification Configurations.csv', path: /^[^/]+\.csv$/, check: csv(settings) }],
  },
  {
    resource: 'searchnotifications.subscriptions',
    page: 'search_notifications',
    read: 'whole, translated',
    fields: 'page',
    files: [
      {
        name: 'Your Notification Subscriptions.csv',
        path: /^[^/]+\.csv$/,
        check: csv([['Subscription Identifier', /./], ['Subscription State']]),
      },
    ],
  },
];
