/** Chrome's history: an object whose first list holds the visits (docs/google-api.md §A5). */
import { instantOfNumber } from '../formats/instant';
import { createFieldCheck, hasKeys, readEntries, sampledObjects } from '../read/read-entries';
import type { Reader } from '../read/reader';
import { encryptedValue, hasEncryptedNotice, isEncryptedNotice } from './chrome-encryption';

/** The address of an icon changes without the visit. */
const volatileFields = ['favicon_url'];
const marks = ['time_usec', 'page_transition', 'page_transition_qualifier', 'client_id', 'favicon_url'];

const isVisit = (keys: readonly string[]) => keys.includes('url') && hasKeys(keys, marks, 1);

export const chromeHistory: Reader = {
  resources: ['chrome.history'],
  services: ['CHROME'],
  kinds: ['visit', 'history_entry'],
  format: 'json',
  accepts: (sample) =>
    sampledObjects(sample).some(({ entry }) => isVisit(Object.keys(entry))) || hasEncryptedNotice(sample.text),
  read: (member, out) => {
    const check = createFieldCheck('visit', out);
    let known: { readonly keys: readonly string[]; readonly isVisit: boolean } | undefined;
    return readEntries(member, out, {
      depth: 1,
      value: encryptedValue(out),
      entry: (entry, index, path) => {
        if (!entry.isObject) {
          out.problem(isEncryptedNotice(entry.value()) ? 'encrypted' : 'unexpected_entry', { index });
          return;
        }
        const { keys } = entry;
        if (known?.keys !== keys) known = { keys, isVisit: isVisit(keys) };
        if (!known.isVisit) {
          out.record({ kind: 'history_entry', index, data: { section: path.join('/'), fields: entry.value() } });
          return;
        }
        check(keys, index);
        const usec = entry.textOrNumberOf('time_usec');
        const occurredAt = usec === undefined ? undefined : instantOfNumber(usec);
        const hasUnreadTime = usec !== undefined && occurredAt === undefined;
        out.record({ kind: 'visit', index, occurredAt, hasUnreadTime, data: entry, volatileFields });
      },
    });
  },
};
