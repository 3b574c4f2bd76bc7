/**
 * Google Play Store's files (docs/google-api.md §A8): arrays whose objects have one wrapper key. No version of the page
 * shows the wrappers; `install`, `libraryDoc`, `purchaseHistory` and `subscription` are from real files, the others are
 * guesses.
 */
import { jsonFile, type Producer } from './produce';
import type { Chance } from './random';
import { playDevice } from './play-devices';
import { happenings, type Subject } from './subject';
import type { Words } from './word-list';
import { undocumented } from './undocumented';

interface Shape {
  file: (words: Words) => string;
  wrapper: string;
  fields: (at: string, chance: Chance, subject: Subject) => Record<string, unknown>;
}

const doc = (chance: Chance, subject: Subject) => ({
  documentType: chance.pick(['Android Apps', 'Books', 'Movies']),
  title: chance.pick(subject.words.topics),
});

const price = (chance: Chance) => `€${chance.between(0, 29)}.${String(chance.between(0, 99)).padStart(2, '0')}`;

const plain = (name: string) => (): string => name;

const shapes: Record<string, Shape> = {
  'play.installs': {
    file: (words) => words.files.installs,
    wrapper: 'install',
    fields: (at, chance, subject) => ({
      doc: doc(chance, subject),
      deviceAttribute: { model: 'Example 7', manufacturer: 'Example', carrier: 'Example Mobile' },
      firstInstallationTime: at,
      lastUpdateTime: at,
    }),
  },
  'play.library': {
    file: (words) => words.files.library,
    wrapper: 'libraryDoc',
    fields: (at, chance, subject) => ({ doc: doc(chance, subject), acquisitionTime: at }),
  },
  // The page's summary names purchase state and purchaser; their field names are invented.
  'play.purchases': {
    file: (words) => words.files.purchases,
    wrapper: 'purchaseHistory',
    fields: (at, chance, subject) => ({
      doc: doc(chance, subject),
      invoicePrice: price(chance),
      paymentMethodTitle: 'Example Bank-1234',
      userLanguageCode: subject.account.locale,
      userCountry: subject.account.accountCountry,
      purchaseTime: at,
      purchaseState: undocumented('purchased'),
      purchaserName: undocumented(subject.account.name),
    }),
  },
  'play.subscriptions': {
    file: plain('Subscriptions'),
    wrapper: 'subscription',
    fields: (at, chance, subject) => ({
      doc: doc(chance, subject),
      renewalDate: at,
      pricing: [{ price: price(chance), period: { unit: 'MONTH', count: 1 }, repeatedPricing: chance.happens(0.5) }],
      state: chance.pick(['ACTIVE', 'EXPIRED']),
      userChangeRecord: [],
    }),
  },
  'play.devices': { file: plain('Devices'), wrapper: 'device', fields: playDevice },
  // A promotion that gave money has no document.
  'play.redemptions': {
    file: plain('Redemption History'),
    wrapper: 'redemptionHistory',
    fields: (at, chance, subject) => {
      const country = subject.account.accountCountry;
      return {
        ...(chance.happens(0.6)
          ? { acquisition: { doc: doc(chance, subject) } }
          : { formattedMoney: `${chance.between(1, 50)}.00 EUR`, moneyExpiredTime: '2030-01-01T00:00:00Z' }),
        device: { model: 'Example 7', manufacturer: 'Example' },
        userCountry: country,
        ipCountry: country,
        ...(chance.happens(0.5) && { billingCountry: country }),
        status: chance.pick(['REDEEMED', 'FAILED']),
        redemptionChangeTime: at,
      };
    },
  },
  // For the following, only "JSON" and a few words about the content are known.
  'play.promotions': {
    file: plain('Promotion History'),
    wrapper: 'promotionHistory',
    fields: (at) => ({ creationTime: at, promotion: undocumented('one book free') }),
  },
  'play.usersettings': {
    file: plain('Play Settings'),
    wrapper: 'setting',
    fields: () => ({ autoUpdate: undocumented('on Wi-Fi only') }),
  },
  'play.grouping': {
    file: plain('Grouping Tags'),
    wrapper: 'groupingTag',
    fields: (at, chance) => ({ tag: undocumented(chance.letters(8)), createTime: at }),
  },
  // Membership and transactions are in one file.
  'play.playpoints': {
    file: plain('Play Points'),
    wrapper: 'playPoints',
    fields: (at, chance) =>
      chance.happens(0.1)
        ? { membership: undocumented('Silver'), joinTime: at }
        : { transaction: undocumented('earned'), points: chance.between(1, 90), eventTime: at },
  },
};

export const play: Producer = (subject) => {
  const shape = shapes[subject.resource];
  const rows = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => ({
    [shape?.wrapper ?? '']: shape?.fields(new Date(at).toISOString(), chance, subject),
  }));
  return {
    service: 'PLAY',
    folder: subject.words.folders.play,
    files: shape === undefined || rows.length === 0 ? [] : [jsonFile(`${shape.file(subject.words)}.json`, rows)],
  };
};
