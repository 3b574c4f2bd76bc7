/** Autofill and settings: objects of lists, whose entries may be sentences of Google's (docs/google-api.md §A5). */
import { isObject } from '../formats/json';
import { readEntries } from '../read/read-entries';
import type { Reader } from '../read/reader';

function sectionReader(resource: string, kind: 'autofill' | 'setting'): Reader {
  return {
    resources: [resource],
    services: ['CHROME'],
    kinds: [kind],
    format: 'json',
    accepts: ({ json }) => json?.root === 'object' && json.lists.some(({ path }) => path.length > 0),
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

export const chromeAutofill = sectionReader('chrome.autofill', 'autofill');
export const chromeSettings = sectionReader('chrome.settings', 'setting');
