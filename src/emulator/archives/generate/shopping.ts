/** Google Shopping, by the page `shopping` (docs/google-api.md §A9): reviews as two sheets. */
import { csvFile, textFile, type Producer, type ServiceFolder } from './produce';
import { formOf } from './subject-form';
import { happenings, type Happening, type Subject } from './subject';
import { iso } from './times';
import { undocumented } from './undocumented';

type File = ServiceFolder['files'][number];

/** Takeout writes a sentence into a text file where there is no data. */
const placeholder = 'You have no data in this product.\n';

function sheet(
  subject: Subject,
  name: string,
  columns: readonly string[],
  row: (happening: Happening) => string[],
): File {
  const rows = happenings(subject, `${subject.resource}/${name}`, [0, 1]).map(row);
  if (rows.length === 0) return textFile(`${name}/${name}.txt`, placeholder);
  return csvFile(subject, `${name}/${name} data.csv`, columns, rows);
}

/** The page describes no object for addresses, not even a format; Takeout's file is a text. */
const addresses: Producer = ({ account }) => {
  const text = `${undocumented(account.name)}\n1 Example Street, ${account.addressCountry}\n+353 1 555 0100\n`;
  return { service: 'SHOPPING', folder: 'Google Shopping', files: [textFile('Addresses/Addresses.txt', text)] };
};

/** Neither sheet names the reviewed thing; the rating is a text. */
export const shopping: Producer = (subject) => {
  if (subject.resource === 'shopping.addresses') return addresses(subject);
  const { words } = subject;
  const rating = ({ chance }: Happening) => String(chance.between(1, 5));
  const products = sheet(subject, 'Product Reviews', ['creation_time', 'title', 'comment', 'rating'], (happening) => [
    iso(happening.at),
    happening.chance.pick(words.topics),
    happening.chance.happens(0.2) ? '' : `${happening.chance.pick(words.topics)}, as described`,
    rating(happening),
  ]);
  const hasMerchants = formOf(subject, 'merchant reviews', ['some', 'some', 'none']) === 'some';
  const merchants = hasMerchants
    ? sheet(subject, 'Merchant Reviews', ['creation_time', 'comment', 'rating'], (happening) => [
        iso(happening.at),
        happening.chance.pick(words.topics),
        rating(happening),
      ])
    : textFile('Merchant Reviews/Merchant Reviews.txt', placeholder);
  return { service: 'SHOPPING', folder: 'Google Shopping', files: [products, merchants] };
};
