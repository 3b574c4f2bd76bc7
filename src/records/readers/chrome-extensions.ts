/** Extensions in Chrome (docs/google-api.md §A5). */
import { instantOf } from '../formats/instant';
import { readEntries, sampledObjects } from '../read/read-entries';
import type { Reader } from '../read/reader';
import { encryptedValue, hasEncryptedNotice, isEncryptedNotice } from './chrome-encryption';

export const chromeExtensions: Reader = {
  resources: ['chrome.extensions'],
  services: ['CHROME'],
  kinds: ['extension'],
  format: 'json',
  accepts: (sample) =>
    sampledObjects(sample).some(({ entry }) => 'id' in entry && ('name' in entry || 'version' in entry)) ||
    hasEncryptedNotice(sample.text),
  read: (member, out) =>
    readEntries(member, out, {
      depth: 1,
      value: encryptedValue(out),
      entry: (entry, index) => {
        if (!entry.isObject) {
          out.problem(isEncryptedNotice(entry.value()) ? 'encrypted' : 'unexpected_entry', { index });
          return;
        }
        const installed = entry.textOf('installTime');
        const occurredAt = installed === undefined ? undefined : instantOf(installed);
        const hasUnreadTime = installed !== undefined && occurredAt === undefined;
        out.record({ kind: 'extension', index, occurredAt, hasUnreadTime, data: entry, identity: entry.textOf('id') });
      },
    }),
};
