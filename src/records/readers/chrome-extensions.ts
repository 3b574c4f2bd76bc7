/** Extensions in Chrome (docs/google-api.md §A5). */
import { instantOf } from '../instant';
import { isObject } from '../json';
import { readEntries, sampledObjects, textOf } from '../read-entries';
import type { Reader } from '../reader';

export const chromeExtensions: Reader = {
  resources: ['chrome.extensions'],
  services: ['CHROME'],
  kinds: ['extension'],
  format: 'json',
  accepts: (sample) =>
    sampledObjects(sample).some(({ entry }) => 'id' in entry && ('name' in entry || 'version' in entry)),
  read: (member, out) =>
    readEntries(member, out, {
      depth: 1,
      entry: (value, index) => {
        if (!isObject(value)) {
          out.problem('unexpected_entry', { index });
          return;
        }
        const installed = textOf(value['installTime']);
        const occurredAt = installed === undefined ? undefined : instantOf(installed);
        out.record({ kind: 'extension', index, occurredAt, data: value, identity: textOf(value['id']) });
      },
    }),
};
