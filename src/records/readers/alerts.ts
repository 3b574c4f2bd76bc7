/** Google Alerts: a list, at the root or under a key (docs/google-api.md §A9). */
import { isObject } from '../formats/json';
import { createFieldCheck, createTypeCheck, hasKeys, readEntries, sampledObjects } from '../read/read-entries';
import type { Reader } from '../read/reader';

const marks = [
  ...['query', 'language', 'country', 'apply_language_restrict', 'apply_region_restrict', 'source', 'quality'],
  ...['delivery_method', 'delivery_frequency', 'delivery_time', 'email_address'],
];

export const alerts: Reader = {
  resources: ['alerts.subscriptions'],
  services: [],
  kinds: ['alert'],
  format: 'json',
  accepts: (sample) => sampledObjects(sample).some(({ entry }) => hasKeys(Object.keys(entry), marks, 3)),
  read: (member, out) => {
    const check = createFieldCheck('alert', out);
    const checkTypes = createTypeCheck('alert', out);
    return readEntries(member, out, {
      entry: (entry, index) => {
        const value = entry.value();
        if (!isObject(value)) {
          out.problem('unexpected_entry', { index });
          return;
        }
        check(entry.keys, index);
        checkTypes(value);
        out.record({ kind: 'alert', index, data: entry });
      },
    });
  },
};
