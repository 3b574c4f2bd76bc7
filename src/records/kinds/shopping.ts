/** Reviews in Google Shopping, orders and reservations, messages with businesses (docs/google-api.md §A9). */
import { z } from 'zod';

import { anything, rowFields, text, type Kind } from './kind';

export const merchantReviewColumns = { creationTime: 'creation_time', comment: 'comment', rating: 'rating' } as const;
export const productReviewColumns = { ...merchantReviewColumns, title: 'title' } as const;

const instant = z
  .looseObject({ usecSinceEpochUtc: text('Microseconds since 1970, as text'), granularity: text() })
  .optional();
const status = z.looseObject({ status: text(), label: text('In the language of the account') }).optional();
const named = z.looseObject({ name: text() }).optional();
const priceLines = z
  .array(
    z.looseObject({
      type: text('`SUBTOTAL`, `TAX`, `FEE`, `GRATUITY`, `TOTAL`'),
      amount: z
        .looseObject({
          amountMicros: text('Millionths of the currency, as text'),
          currencyCode: z.looseObject({ code: text() }).optional(),
        })
        .optional(),
      taxIncluded: z.boolean().optional(),
      state: text(),
    }),
  )
  .optional();

export const shoppingKinds = {
  product_review: {
    title: 'A review of a product in Google Shopping; the product is not named',
    schema: z.looseObject(rowFields(productReviewColumns)),
    required: ['creationTime'],
    mapping:
      'schema.org `Review`: `name` ← `title`, `reviewBody` ← `comment`, `reviewRating` ← `rating`, `dateCreated` ← `creationTime`',
  },
  merchant_review: {
    title: 'A review of a merchant in Google Shopping; the merchant is not named',
    schema: z.looseObject(rowFields(merchantReviewColumns)),
    required: ['creationTime'],
    mapping: 'schema.org `Review`: `reviewBody` ← `comment`, `reviewRating` ← `rating`, `dateCreated` ← `creationTime`',
  },
  merchant_order: {
    title: 'An order that the person placed at a merchant through Google; it contains data of the recipient',
    schema: z.looseObject({
      customer: z.looseObject({ email: text() }).optional(),
      merchantOrderId: text('The id that the merchant gave the order'),
      creationTime: instant,
      orderStatus: status,
      transactionMerchant: named,
      lineItem: z
        .array(
          z.looseObject({
            name: text(),
            provider: named,
            priceline: priceLines,
            purchase: anything(),
            itemOption: anything(),
          }),
        )
        .optional(),
      priceline: priceLines,
      paymentInfo: anything(),
      orderUpdates: anything(),
    }),
    required: ['creationTime', 'transactionMerchant'],
    open: true,
    mapping:
      'schema.org `Order`: `orderNumber` ← `merchantOrderId`, `seller.name` ← `transactionMerchant.name`, `orderDate` ← `creationTime`',
  },
  reservation: {
    title: 'A reservation that the person made with Google',
    schema: z.looseObject({}),
    required: [],
    open: true,
    mapping: 'schema.org `Reservation`',
  },
  business_message: {
    title: 'A message in a chat with a business',
    schema: z.looseObject({
      conversation: z
        .looseObject({ application: text('`GMM` or `GMB`'), title: text('The business with which the person wrote') })
        .describe('The data that Google writes for all messages of the chat')
        .optional(),
      application: text('Present when Google writes it into the message'),
      title: text('Present when Google writes it into the message'),
      timestamp_us: z.union([z.int(), z.string()]).describe('Microseconds since 1970').optional(),
      sender: text(),
      content_type: text(),
      content: text(),
      display_text: text(),
      secondary_text: text(),
      display_icon: anything(),
      blob_id: text(),
      export_file_name: text('Name of the attachment'),
      locationInfos: anything(),
      media: z
        .looseObject({ part: z.int(), entry: z.int(), bytes: z.int() })
        .describe('The member that holds the attachment; not part of the key')
        .optional(),
    }),
    required: ['timestamp_us'],
    open: true,
    mapping: 'schema.org `Message`: `sender.name` ← `sender`, `text` ← `content`, `dateSent` ← `timestamp_us`',
  },
} as const satisfies Record<string, Kind>;
