/** G/schema-reference/chrome: only the objects of autofill and bookmarks were read whole. */
import { anyJson, csv, json, list, marked, object, text, type Check, type DocumentedResource } from '../documented';

const encrypted = { const: 'Your data is encrypted and cannot be exported' };
const texts = list(text);

/** Chromium's components/sync/protocol/autofill_specifics.proto. */
const profile = object({
  guid: text,
  origin: text,
  name_first: texts,
  name_middle: texts,
  name_last: texts,
  email_address: texts,
  phone_home_whole_number: texts,
  company_name: text,
  address_home_line1: text,
  address_home_line2: text,
  address_home_city: text,
  address_home_state: text,
  address_home_zip: text,
  address_home_country: text,
});

const contact = { type: 'object', properties: { guid: text }, required: ['guid'] };

const typed = object(
  { name: text, value: text, usage_timestamp: list({ type: 'string', pattern: '^[0-9]+$' }), profile: list(profile) },
  ['profile'],
);

const netscape: Check = (bytes) =>
  /^<!DOCTYPE NETSCAPE-Bookmark-file-1>/.test(bytes.toString()) ? [] : ['is no HTML'];

const visit = object(
  {
    favicon_url: text,
    page_transition: text,
    page_transition_qualifier: text,
    title: text,
    url: text,
    time_usec: { type: 'integer' },
    client_id: text,
    ptoken: {},
  },
  ['favicon_url', 'page_transition', 'page_transition_qualifier', 'ptoken'],
);

export const chrome: DocumentedResource[] = [
  {
    resource: 'chrome.autofill',
    page: 'chrome',
    read: 'whole',
    fields: 'page',
    files: [
      {
        name: 'Addresses and more.json',
        path: /\.json$/,
        check: json({
          $comment: 'G/schema-reference/chrome, Addresses and more; real files also have a list as Autofill',
          ...object({
            'Autofill Profile': list({ anyOf: [profile, encrypted] }),
            'Contact Info': list({ anyOf: [contact, encrypted] }),
            Autofill: { anyOf: [typed, encrypted, list(typed)] },
          }),
        }),
      },
    ],
    forms: {
      'Autofill as one object': /"Autofill": \{/,
      'Autofill as the sentence': /"Autofill": "Your data is encrypted and cannot be exported"/,
      'Autofill as a list': /"Autofill": \[/,
    },
  },
  {
    resource: 'chrome.bookmarks',
    page: 'chrome',
    read: 'whole; names no fields',
    fields: 'real files',
    files: [{ name: 'Bookmarks.html', path: /\.html$/, check: netscape }],
  },
  {
    resource: 'chrome.history',
    page: 'chrome',
    read: 'summary',
    fields: 'real files',
    files: [
      {
        name: 'History.json',
        path: /\.json$/,
        check: json({
          $comment: 'Real files; G/schema-reference/chrome says JSON',
          ...object({ 'Browser History': list(visit), 'Typed Url': { type: 'array' }, Session: { type: 'array' } }),
        }),
      },
    ],
  },
  {
    resource: 'chrome.dictionary',
    page: 'chrome',
    read: 'summary',
    fields: 'invented',
    files: [{ name: 'Dictionary.csv', path: /\.csv$/, check: marked(csv([['Words']])) }],
  },
  {
    resource: 'chrome.extensions',
    page: 'chrome',
    read: 'summary',
    fields: 'invented',
    files: [{ name: 'Extensions.json', path: /\.json$/, check: marked(anyJson) }],
  },
  {
    resource: 'chrome.reading_list',
    page: 'chrome',
    read: 'summary',
    fields: 'real files',
    files: [{ name: 'ReadingList.html', path: /\.html$/, check: netscape }],
  },
  {
    resource: 'chrome.settings',
    page: 'chrome',
    read: 'summary',
    fields: 'invented',
    files: [
      { name: 'OS Settings.json', path: /^OS .*\.json$/, check: marked(anyJson) },
      { name: 'Settings.json', path: /\.json$/, check: marked(anyJson) },
    ],
  },
];
