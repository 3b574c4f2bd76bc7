/** Google Alerts and notifications of Search (docs/google-api.md §A9). */
import { z } from 'zod';

import { anything, rowFields, text, texts, type Kind } from './kind';

export const notificationSettingColumns = {
  scopeIdentifier: 'Scope Identifier',
  optInState: 'Opt In State',
  channelImportance: 'Channel Importance',
  badge: 'Badge',
  sound: 'Sound',
  alerts: 'Alerts',
  criticalAlerts: 'Critical Alerts',
  timeSensitive: 'Time Sensitive',
  notificationCenter: 'Notification Center',
  displayedOnLockScreen: 'Displayed on Lock Screen',
  acceptsScheduledDelivery: 'Accepts Scheduled Delivery',
  liveActivities: 'Live Activities',
  locationUseAllowed: 'Location Use Allowed',
} as const;
export const notificationSubscriptionColumns = {
  subscriptionIdentifier: 'Subscription Identifier',
  subscriptionState: 'Subscription State',
} as const;

export const alertKinds = {
  alert: {
    title: 'A Google Alert',
    schema: z.looseObject({
      query: text(),
      language: text('ISO 639-1'),
      country: text('ISO 3166-1'),
      apply_language_restrict: z.boolean().optional(),
      apply_region_restrict: z.boolean().optional(),
      source: texts('`NEWS`, `WEB`'),
      quality: texts('`LOW`, `HIGH`'),
      delivery_method: text('`EMAIL`, `RSS`'),
      delivery_frequency: text('`HOURLY`, `DAILY`, `WEEKLY`; only with `EMAIL`'),
      delivery_time: anything('Time of day and day of the week; Google does not describe its form'),
      email_address: text(),
    }),
    required: ['query'],
    mapping: 'schema.org `SubscribeAction`: `object.name` ← `query`',
  },
  notification_setting: {
    title: 'The notification settings of the account, a device or a channel',
    schema: z.looseObject(rowFields(notificationSettingColumns)),
    required: ['scopeIdentifier'],
  },
  notification_subscription: {
    title: 'A topic about which Search sends notifications',
    schema: z.looseObject(rowFields(notificationSubscriptionColumns)),
    required: ['subscriptionIdentifier'],
    mapping: 'ActivityStreams `Follow`: `object.name` ← `subscriptionIdentifier`',
  },
} as const satisfies Record<string, Kind>;
