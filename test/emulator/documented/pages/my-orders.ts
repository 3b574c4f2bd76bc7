/** G/schema-reference/my_orders: Purchases up to `lineItem`, the rest of it by the page's own example. */
import { anyJson, digits, json, list, marked, object, oneOf, text, type DocumentedResource } from '../documented';

const number = { type: 'number' };
const moment = object({
  usecSinceEpochUtc: digits,
  granularity: { const: 'MICROSECOND' },
});

const priceline = list(
  object(
    {
      type: oneOf('TAX', 'FEE', 'SUBTOTAL', 'GRATUITY', 'TOTAL'),
      amount: object({ amountMicros: digits, currencyCode: object({ code: text }) }),
      taxIncluded: { type: 'boolean' },
      state: oneOf('ESTIMATE', 'UNSPECIFIED'),
      name: text,
    },
    ['name'],
  ),
);

const status = object({ status: text, label: text });

const purchase = object({
  status: text,
  quantity: number,
  fulfillment: object({
    type: text,
    location: { type: 'object' },
    recipient: object(
      { displayName: text, email: text, firstName: text, lastName: text, phoneNumberDetails: { type: 'array' } },
      ['email', 'firstName', 'lastName'],
    ),
    timeWindow: object({
      startTime: object({
        usecSinceEpochUtc: digits,
        granularity: { const: 'MICROSECOND' },
        utcTimezoneOffsetMinutes: number,
      }),
    }),
  }),
  productInfo: object({ name: text, description: text }, ['description']),
  userVisibleStatusLabel: text,
});

const lineItem = object(
  {
    provider: object({ name: text }),
    priceline,
    purchase,
    itemOption: list(object({ name: text, quantity: number, priceline })),
    statusLabel: text,
    name: text,
    description: text,
  },
  ['description'],
);

export const myOrders: DocumentedResource[] = [
  {
    resource: 'order_reserve.purchases_reservations',
    page: 'my_orders',
    read: 'excerpts',
    fields: 'in part invented',
    files: [
      {
        name: 'Purchase_*.json',
        path: /^Purchase_\d+\.json$/,
        check: json({
          $comment: 'G/schema-reference/my_orders, Purchases',
          ...object({
            customer: object({ email: text }),
            merchantOrderId: text,
            creationTime: moment,
            orderStatus: status,
            transactionMerchant: object({ name: text }),
            lineItem: list(lineItem),
            priceline,
            paymentInfo: object({ displayName: text }),
            orderUpdates: list(object({ orderStatus: status, updateTime: moment })),
          }),
        }),
      },
      // The page's summary names the contents of reservations, not their fields.
      { name: 'Reservation_*.json', path: /^Reservation_\d+\.json$/, check: marked(anyJson) },
    ],
    forms: { 'another person': /"firstName": "Grace"/, 'an option of an item': /"itemOption": \[\s*\{/ },
  },
];
