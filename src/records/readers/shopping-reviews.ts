/** Reviews of products and of merchants: a table each, distinguished by the title (docs/google-api.md §A9). */
import { merchantReviewColumns, productReviewColumns } from '../kinds/shopping';
import { tableReader } from './plain-tables';
import { day } from './youtube-tables';

const shared = { resources: ['shopping.reviews'], services: [], time: ['creationTime'] } as const;
const forms = { creationTime: day, rating: /^[1-5](?:\.0)?$/ };

export const productReviews = tableReader({
  ...shared,
  table: {
    kind: 'product_review',
    columns: productReviewColumns,
    marks: ['creationTime', 'title', 'rating'],
    forms,
    orders: [['creationTime', 'title', 'comment', 'rating']],
  },
});

export const merchantReviews = tableReader({
  ...shared,
  table: {
    kind: 'merchant_review',
    columns: merchantReviewColumns,
    marks: ['creationTime', 'rating'],
    forms,
    orders: [['creationTime', 'comment', 'rating']],
  },
});
