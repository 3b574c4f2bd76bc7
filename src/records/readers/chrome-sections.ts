/** Autofill and settings: objects of lists, whose entries may be sentences of Google's (docs/google-api.md §A5). */
import { isObject } from '../formats/json';
import { readEntries } from '../read/read-entries';
import type { Place, Reader } from '../read/reader';
import type { JsonSample } from '../read/detect-format';
import { encryptedValue, hasEncryptedNotice, isEncryptedNotice } from './chrome-encryption';

/** Sections of autofill that are one object where others are a list of them. */
const objectSections = /^(?:autofill|contact info)/i;

const hasSections = ({ root, lists, rootKeys }: JsonSample) =>
  root === 'object' &&
  (lists.some(({ path }) => path.length > 0) || [...rootKeys].some((key) => objectSections.test(key)));

/** @param isOwn whether a file is this resource's, where the archive holds objects of lists of others too */
function sectionReader(
  resource: string,
  kind: 'autofill' | 'setting',
  isOwn: (json: JsonSample, place: Place) => boolean,
): Reader {
  return {
    resources: [resource],
    services: ['CHROME'],
    kinds: [kind],
    format: 'json',
    accepts: ({ json, text }, place) =>
      json !== undefined && (hasSections(json) || hasEncryptedNotice(text)) && (!place.isShared || isOwn(json, place)),
    read: (member, out) =>
      readEntries(member, out, {
        depth: 1,
        value: encryptedValue(out),
        isEntry: (path) => path.length === 1 && objectSections.test(path[0] ?? ''),
        entry: (entry, index, path) => {
          const value = entry.value();
          const section = path.join('/');
          // An empty object means that there is no data.
          if (isObject(value) && entry.keys.length === 0) return;
          if (isObject(value)) out.record({ kind, index, data: { section, fields: value } });
          else if (isEncryptedNotice(value)) out.problem('encrypted', { index });
          else if (typeof value === 'string') out.record({ kind, index, data: { section, text: value } });
          else out.problem('unexpected_entry', { index });
        },
      }),
  };
}

export const chromeAutofill = sectionReader('chrome.autofill', 'autofill', ({ rootKeys }) =>
  [...rootKeys].some((key) => objectSections.test(key)),
);
export const chromeSettings = sectionReader('chrome.settings', 'setting', (_json, { path }) =>
  /settings|einstellungen|instellingen|設定/i.test(path),
);
