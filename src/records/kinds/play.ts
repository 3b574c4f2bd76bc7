/** Google Play: each entry within its one wrapper key (docs/google-api.md §A8). Prices are text to show. */
import { z } from 'zod';

import { anything, text, type Kind } from './kind';

const doc = z.looseObject({ documentType: text(), title: text() }).optional();
const open = { schema: z.looseObject({}), required: [], open: true } as const;

export const playKinds = {
  app_install: {
    title: 'An app that was installed on a device',
    schema: z.looseObject({
      doc,
      firstInstallationTime: text(),
      lastUpdateTime: text(),
      deviceAttribute: z
        .looseObject({ model: text(), carrier: text(), manufacturer: text(), deviceDisplayName: text() })
        .optional(),
    }),
    required: ['doc'],
    mapping: 'schema.org `InstallAction`: `object.name` ← `doc.title`, `startTime` ← `firstInstallationTime`',
  },
  library_item: {
    title: 'An item of the Play library',
    schema: z.looseObject({ doc, acquisitionTime: text() }),
    required: ['doc'],
    mapping: 'schema.org `OwnershipInfo`: `typeOfGood.name` ← `doc.title`, `ownedFrom` ← `acquisitionTime`',
  },
  purchase: {
    title: 'A purchase',
    schema: z.looseObject({
      doc,
      purchaseTime: text(),
      invoicePrice: text('The text that Google shows, with the currency; not a number'),
      paymentMethodTitle: text(),
      purchaserName: text(),
      purchaseState: text(),
      userLanguageCode: text(),
      userCountry: text(),
    }),
    required: ['doc'],
    mapping:
      'schema.org `BuyAction`: `object.name` ← `doc.title`, `price` ← `invoicePrice`, `endTime` ← `purchaseTime`',
  },
  play_subscription: {
    title: 'A paid subscription',
    schema: z.looseObject({
      doc,
      renewalDate: text(),
      pricing: anything(),
      state: text(),
      userChangeRecord: anything(),
    }),
    required: ['doc'],
  },
  order: { title: 'An order', ...open, mapping: 'schema.org `Order`' },
  play_device: { title: 'A device', ...open },
  redemption: {
    title: 'A code that the person redeemed or tried to redeem',
    schema: z.looseObject({
      acquisition: anything('What the person got; absent when it was money'),
      device: anything(),
      userCountry: text('Country of the Play account'),
      ipCountry: text(),
      billingCountry: text(),
      status: text(),
      redemptionChangeTime: text('The time of the last change'),
      formattedMoney: text('The text that Google shows, such as `10.00 USD`'),
      moneyExpiredTime: text(),
    }),
    required: [],
    open: true,
    mapping: 'schema.org `ReceiveAction`: `endTime` ← `redemptionChangeTime`',
  },
  promotion: { title: 'A promotion', ...open },
  play_setting: { title: 'A setting of Play', ...open },
  grouping_tag: { title: 'A grouping tag', ...open },
  play_points: { title: 'Play Points that the person gained or spent', ...open },
  play_points_membership: { title: 'The membership in Play Points', ...open },
  play_review: { title: 'A review of an app', ...open, mapping: 'schema.org `Review`' },
  play_entry: { title: 'An entry of Play whose wrapper is not known', ...open },
} as const satisfies Record<string, Kind>;
