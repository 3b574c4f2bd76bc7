/**
 * Addresses and more, by the page `chrome` (docs/google-api.md §A5): two arrays, and ONE object for `Autofill`. The
 * three types of objects are Chromium's sync messages (components/sync/protocol), whose int64 fields are texts in JSON.
 */
import { jsonFile, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { formOf } from './subject-form';
import { happenings, type Subject } from './subject';

const encrypted = 'Your data is encrypted and cannot be exported';

/** Microseconds since 1601, in which Chromium counts. */
const chromiumTime = (at: number) => String((at + 11_644_473_600_000) * 1000);

function profile({ account }: Subject, chance: Chance): Record<string, unknown> {
  const [first = '', ...rest] = account.name.split(' ');
  return {
    guid: chance.hex(32),
    origin: 'https://shop.example.net/',
    name_first: [first],
    name_middle: [''],
    name_last: [rest.join(' ')],
    email_address: [account.email],
    phone_home_whole_number: ['+353 1 555 0100'],
    company_name: '',
    address_home_line1: `${chance.between(1, 99)} Example Street`,
    address_home_line2: '',
    address_home_city: 'Cork',
    address_home_state: '',
    address_home_zip: 'T12 0000',
    address_home_country: account.addressCountry,
  };
}

function contact({ account }: Subject, chance: Chance): Record<string, unknown> {
  return { guid: chance.hex(32), use_count: String(chance.between(1, 40)), name_full: { value: account.name } };
}

/**
 * On accounts whose sync is encrypted, a sentence replaces each object, and the object of `Autofill`. Real files also
 * have a list under `Autofill`.
 */
export function autofill(subject: Subject): ServiceFolder['files'] {
  const form = formOf(subject, 'autofill', ['page', 'page', 'encrypted', 'list']);
  const entries = happenings(subject, 'chrome.autofill', [0, 1]);
  const last = entries.at(-1);
  if (last === undefined) return [];
  const typed = entries.map(({ at, chance }) => ({
    name: chance.pick(['email', 'city', 'q']),
    value: chance.pick(subject.words.topics),
    usage_timestamp: [chromiumTime(at)],
  }));
  const some = ['first', 'second', 'third'].slice(0, last.chance.between(1, 3));
  const objects = (make: (subject: Subject, chance: Chance) => Record<string, unknown>) =>
    some.map((_label, index) => (form === 'encrypted' || index === 2 ? encrypted : make(subject, last.chance)));
  const whole = { page: typed.at(-1), encrypted, list: typed }[form];
  const content = { 'Autofill Profile': objects(profile), 'Contact Info': objects(contact), Autofill: whole };
  return [jsonFile(`${subject.words.files.autofill}.json`, content)];
}
