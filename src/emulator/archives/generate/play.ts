/** Google Play Store's files: arrays whose objects have one wrapper key (docs/google-api.md §A8). */
import { jsonFile, type Producer } from './produce';
import type { Chance } from './random';
import { happenings, type Subject } from './subject';
import type { Words } from './word-list';

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
      firstInstallationTime: at,
      lastUpdateTime: at,
      deviceAttribute: { model: 'Example 7', manufacturer: 'Example', deviceDisplayName: 'Example 7' },
    }),
  },
  'play.library': {
    file: (words) => words.files.library,
    wrapper: 'libraryDoc',
    fields: (at, chance, subject) => ({ doc: doc(chance, subject), acquisitionTime: at }),
  },
  'play.purchases': {
    file: (words) => words.files.purchases,
    wrapper: 'purchaseHistory',
    fields: (at, chance, subject) => ({
      doc: doc(chance, subject),
      purchaseTime: at,
      invoicePrice: price(chance),
      paymentMethodTitle: 'Example Bank-1234',
      userLanguageCode: subject.account.locale,
      userCountry: subject.account.accountCountry,
    }),
  },
  'play.subscriptions': {
    file: plain('Subscriptions'),
    wrapper: 'subscription',
    fields: (at, chance, subject) => ({
      doc: doc(chance, subject),
      renewalDate: at,
      pricing: [{ price: price(chance), period: { count: 1, unit: 'MONTH' } }],
      state: chance.pick(['ACTIVE', 'EXPIRED']),
      userChangeRecord: [],
    }),
  },
  'play.devices': {
    file: plain('Devices'),
    wrapper: 'device',
    fields: (at) => ({ mostRecentData: { deviceModel: 'Example 7' }, deviceRegistrationTime: at }),
  },
  'play.redemptions': {
    file: plain('Redemption History'),
    wrapper: 'redemptionHistory',
    fields: (at, chance) => ({ redemptionTime: at, code: chance.letters(4) }),
  },
  'play.promotions': {
    file: plain('Promotion History'),
    wrapper: 'promotionHistory',
    fields: (at, chance) => ({ creationTime: at, expirationTime: at, code: chance.letters(4) }),
  },
  'play.usersettings': {
    file: plain('Play Settings'),
    wrapper: 'setting',
    fields: () => ({ autoUpdate: 'WIFI_ONLY' }),
  },
  'play.grouping': {
    file: plain('Grouping Tags'),
    wrapper: 'groupingTag',
    fields: (at, chance) => ({ tag: chance.letters(8), createTime: at }),
  },
  'play.playpoints': {
    file: plain('Play Points'),
    wrapper: 'playPoints',
    fields: (at, chance) => ({ points: chance.between(1, 90), eventTime: at }),
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
