/** G/schema-reference/alerts, last updated 2025-07-25. */
import { json, list, object, oneOf, text, type DocumentedResource } from '../documented';

const subscription = object({
  query: text,
  language: { type: 'string', pattern: '^[a-z]{2}$' },
  country: { type: 'string', pattern: '^[A-Z]{2}$' },
  apply_language_restrict: { type: 'boolean' },
  apply_region_restrict: { type: 'boolean' },
  source: list(oneOf('NEWS', 'WEB')),
  quality: list(oneOf('LOW', 'HIGH')),
});

const byMail = {
  delivery_method: { const: 'EMAIL' },
  delivery_frequency: oneOf('HOURLY', 'DAILY', 'WEEKLY'),
  // "Time of day and day of week in a timezone"; the inner form is not shown.
  delivery_time: { type: 'object' },
  email_address: text,
};

export const alerts: DocumentedResource[] = [
  {
    resource: 'alerts.subscriptions',
    page: 'alerts',
    read: 'whole',
    fields: 'page',
    files: [
      {
        name: 'Your Google Alerts subscriptions.json',
        path: /\.json$/,
        check: json({
          $comment: 'G/schema-reference/alerts: the last four fields come with EMAIL only',
          ...list({
            anyOf: [
              object({ ...(subscription['properties'] as object), ...byMail }),
              object({ ...(subscription['properties'] as object), delivery_method: { const: 'RSS' } }),
            ],
          }),
        }),
      },
    ],
    forms: { 'delivery by mail': /"EMAIL"/, 'delivery by RSS': /"RSS"/ },
  },
];
