/** G/schema-reference/play: three objects whole. No version of the page shows the wrappers; four are from real files. */
import type { AnySchemaObject } from 'ajv/dist/2020';
import { digits, instant, json, list, marked, object, text, type DocumentedResource } from '../documented';

const doc = object({ documentType: text, title: text });
const country = { type: 'string', pattern: '^[A-Z]{2}$' };
const device = { type: 'object', properties: { model: text, manufacturer: text, carrier: text } };

const entriesOf = (comment: string, wrapper: string, entry: AnySchemaObject) =>
  json({ $comment: comment, ...list(object({ [wrapper]: entry })) });

const deviceData = object({
  carrierName: text,
  manufacturer: text,
  modelName: text,
  deviceName: text,
  productName: text,
  retailBrand: text,
  nativePlatform: list(text),
  deviceIpCountry: text,
  userLocale: text,
  androidSdkVersion: text,
  playStoreClientVersion: { type: 'number' },
  buildFingerprint: text,
  totalMemoryBytes: digits,
});

const redemption = object(
  {
    acquisition: { type: 'object' },
    device,
    userCountry: country,
    ipCountry: country,
    billingCountry: country,
    status: text,
    redemptionChangeTime: instant,
    formattedMoney: { type: 'string', pattern: '^[0-9]+\\.[0-9]{2} [A-Z]{3}$' },
    moneyExpiredTime: text,
  },
  ['acquisition', 'billingCountry', 'formattedMoney', 'moneyExpiredTime'],
);

const period = object({ unit: text, count: { type: 'integer' } });

function resource(
  name: string,
  file: string,
  known: Pick<DocumentedResource, 'read' | 'fields' | 'forms'>,
  check: DocumentedResource['files'][number]['check'],
): DocumentedResource {
  return { resource: `play.${name}`, page: 'play', ...known, files: [{ name: file, path: /\.json$/, check }] };
}

/** Of these the summary says JSON and a few words about the content. */
const invented = (name: string, file: string, wrapper: string) =>
  resource(
    name,
    file,
    { read: 'summary', fields: 'invented' },
    marked(entriesOf('G/schema-reference/play says JSON', wrapper, { type: 'object' })),
  );

export const play: DocumentedResource[] = [
  resource(
    'installs',
    'Installs.json',
    { read: 'whole', fields: 'page and real files' },
    entriesOf(
      'G/schema-reference/play, Installs; the wrapper in real files',
      'install',
      object({ doc, deviceAttribute: device, firstInstallationTime: instant, lastUpdateTime: instant }),
    ),
  ),
  resource(
    'library',
    'Library.json',
    { read: 'whole', fields: 'page and real files' },
    entriesOf('G/schema-reference/play, Library', 'libraryDoc', object({ doc, acquisitionTime: instant })),
  ),
  resource(
    'redemptions',
    'Redemption History.json',
    {
      read: 'whole',
      fields: 'page',
      forms: { 'a document': /"acquisition"/, 'money in place of a document': /"formattedMoney": "\d+\.00 EUR"/ },
    },
    entriesOf('G/schema-reference/play, Redemptions; the wrapper is a guess', 'redemptionHistory', redemption),
  ),
  resource(
    'purchases',
    'Purchase History.json',
    { read: 'summary', fields: 'in part invented' },
    marked(
      entriesOf(
        'Real files; purchaseState and purchaserName are invented names for what the summary names',
        'purchaseHistory',
        object({
          doc,
          invoicePrice: text,
          paymentMethodTitle: text,
          userLanguageCode: text,
          userCountry: country,
          purchaseTime: instant,
          purchaseState: text,
          purchaserName: text,
        }),
      ),
    ),
  ),
  resource(
    'subscriptions',
    'Subscriptions.json',
    { read: 'summary', fields: 'real files' },
    entriesOf(
      'Real files',
      'subscription',
      object({
        doc,
        renewalDate: instant,
        pricing: list(object({ price: text, period, repeatedPricing: { type: 'boolean' } })),
        state: text,
        userChangeRecord: { type: 'array' },
      }),
    ),
  ),
  resource(
    'devices',
    'Devices.json',
    { read: 'summary', fields: 'real files' },
    entriesOf(
      'Real files; the wrapper is a guess',
      'device',
      object({
        mostRecentData: deviceData,
        dataAtTimeOfUserPlayActivity: deviceData,
        deviceRegistrationTime: instant,
        userAddedOnDeviceTime: instant,
        lastTimeDeviceActive: instant,
      }),
    ),
  ),
  invented('promotions', 'Promotion History.json', 'promotionHistory'),
  invented('usersettings', 'Play Settings.json', 'setting'),
  invented('grouping', 'Grouping Tags.json', 'groupingTag'),
  invented('playpoints', 'Play Points.json', 'playPoints'),
];
