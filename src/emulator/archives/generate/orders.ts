/** Purchases and reservations, by the page `my_orders` (docs/google-api.md §A9): one JSON file each, in one folder. */
import { jsonFile, type Producer } from './produce';
import type { Chance } from './random';
import { happenings, type Happening, type Subject } from './subject';
import { microseconds } from './times';
import { undocumented } from './undocumented';

const instant = (at: number) => ({ usecSinceEpochUtc: microseconds(at), granularity: 'MICROSECOND' });

const merchants = ['Example Bistro', 'Noodle House', 'Corner Bakery'];

/** Amounts are millionths of the currency, as text. */
function price(type: string, micros: number, state = 'ESTIMATE'): Record<string, unknown> {
  const amount = { amountMicros: String(micros), currencyCode: { code: 'EUR' } };
  return { type, amount, taxIncluded: false, state };
}

function lineItem(subject: Subject, provider: string, { at, chance }: Happening): Record<string, unknown> {
  const name = chance.pick(subject.words.topics);
  const micros = chance.between(1, 30) * 1_000_000;
  const offset = { utcTimezoneOffsetMinutes: 60 };
  return {
    provider: { name: provider },
    priceline: [price('TOTAL', micros)],
    purchase: {
      status: 'DELIVERED',
      quantity: chance.between(1, 3),
      fulfillment: {
        type: 'PICK_UP',
        location: {},
        recipient: recipient(subject, chance),
        timeWindow: { startTime: { ...instant(at + 1_800_000), ...offset } },
      },
      productInfo: { name, ...(chance.happens(0.5) && { description: chance.pick(subject.words.topics) }) },
      userVisibleStatusLabel: 'Delivered',
    },
    itemOption: chance.happens(0.3)
      ? [{ name: 'Extra lemon', quantity: 1, priceline: [price('SUBTOTAL', 500_000)] }]
      : [],
    statusLabel: 'Delivered',
    name,
  };
}

/** Often another person than the account's. */
function recipient({ account }: Subject, chance: Chance): Record<string, unknown> {
  const own = chance.happens(0.7);
  return {
    displayName: own ? account.name : 'Grace Example',
    ...(own ? { email: account.email } : { firstName: 'Grace', lastName: 'Example' }),
    phoneNumberDetails: [],
  };
}

function purchase(subject: Subject, happening: Happening): Record<string, unknown> {
  const { at, chance } = happening;
  const merchant = chance.pick(merchants);
  const orderStatus = { status: 'FULFILLED', label: 'Delivered' };
  return {
    customer: { email: subject.account.email },
    merchantOrderId: String(chance.between(1e6, 9e6)),
    creationTime: instant(at),
    orderStatus,
    transactionMerchant: { name: merchant },
    lineItem: Array.from({ length: chance.between(1, 3) }, () => lineItem(subject, merchant, happening)),
    priceline: [
      price('SUBTOTAL', 12_000_000),
      price('TAX', 2_000_000),
      { ...price('TOTAL', 14_000_000), name: 'Total' },
    ],
    paymentInfo: { displayName: 'Example Bank-1234' },
    orderUpdates: [{ orderStatus, updateTime: instant(at + 3_600_000) }],
  };
}

/** The page's summary names the contents of a reservation; the names of its fields are invented. */
function reservation(subject: Subject, { at, chance }: Happening): Record<string, unknown> {
  return {
    id: chance.hex(16),
    name: undocumented(subject.account.name),
    merchantName: chance.pick(merchants),
    createTime: instant(at),
    lastModifiedTime: instant(at + 60_000),
    startTime: instant(at + 86_400_000),
    endTime: instant(at + 93_600_000),
    partySize: chance.between(1, 8),
    serviceName: 'Dinner',
    specialRequests: chance.pick(subject.words.topics),
    address: '1 Example Street',
    isCancelled: chance.happens(0.1),
  };
}

export const orders: Producer = (subject) => ({
  service: 'ORDER_RESERVE',
  folder: 'Purchases & Reservations',
  files: happenings(subject, subject.resource, [0, 1]).map((happening) => {
    const isPurchase = happening.chance.happens(0.7);
    const name = `${isPurchase ? 'Purchase' : 'Reservation'}_${happening.at}.json`;
    return jsonFile(name, isPurchase ? purchase(subject, happening) : reservation(subject, happening));
  }),
});
