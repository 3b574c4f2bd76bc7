/** Chrome's history: an object whose first list holds the visits (docs/google-api.md §A5). */
import { instantOfNumber } from '../instant';
import { isObject } from '../json';
import { createFieldCheck, hasKeys, readEntries, sampledObjects } from '../read-entries';
import type { Reader } from '../reader';

/** The address of an icon changes without the visit. */
const volatileFields = ['favicon_url'];
const marks = ['time_usec', 'page_transition', 'page_transition_qualifier', 'client_id', 'favicon_url'];

export const chromeHistory: Reader = {
  resources: ['chrome.history'],
  services: ['CHROME'],
  kinds: ['visit', 'history_entry'],
  format: 'json',
  accepts: (sample) => sampledObjects(sample).some(({ entry }) => 'url' in entry && hasKeys(entry, marks, 1)),
  read: (member, out) => {
    const check = createFieldCheck('visit', out);
    return readEntries(member, out, {
      depth: 1,
      entry: (value, index, path) => {
        if (!isObject(value)) {
          out.problem('unexpected_entry', { index });
          return;
        }
        if (!('url' in value && hasKeys(value, marks, 1))) {
          out.record({ kind: 'history_entry', index, data: { section: path.join('/'), fields: value } });
          return;
        }
        check(value, index);
        const usec = value['time_usec'];
        const occurredAt =
          typeof usec === 'number' || typeof usec === 'string' ? instantOfNumber(String(usec)) : undefined;
        out.record({ kind: 'visit', index, occurredAt, data: value, volatileFields });
      },
    });
  },
};
