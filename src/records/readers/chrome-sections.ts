/** Autofill and settings: objects of lists, whose entries may be sentences of Google's (docs/google-api.md §A5). */
import { isObject } from '../formats/json';
import { readEntries } from '../read/read-entries';
import type { Place, Reader } from '../read/reader';
import type { JsonSample } from '../read/sample';

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
    accepts: ({ json }, place) =>
      json?.root === 'object' &&
      json.lists.some(({ path }) => path.length > 0) &&
      (!place.isShared || isOwn(json, place)),
    read: (member, out) =>
      readEntries(member, out, {
        depth: 1,
        entry: (entry, index, path) => {
          const value = entry.value();
          const section = path.join('/');
          if (isObject(value)) out.record({ kind, index, data: { section, fields: value } });
          else if (typeof value === 'string') out.record({ kind, index, data: { section, text: value } });
          else out.problem('unexpected_entry', { index });
        },
      }),
  };
}

export const chromeAutofill = sectionReader('chrome.autofill', 'autofill', ({ lists }) =>
  lists.some(({ path }) => /^(?:autofill|contact info)/i.test(path[0] ?? '')),
);
export const chromeSettings = sectionReader('chrome.settings', 'setting', (_json, { path }) =>
  /settings|einstellungen|instellingen|設定/i.test(path),
);
