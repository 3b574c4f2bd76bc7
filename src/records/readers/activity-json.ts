/** My Activity as JSON: an array with the newest entry first (docs/google-api.md §A4). */
import { instantOfText } from '../formats/instant';
import { createFieldCheck, hasKeys, readEntries, sampledObjects } from '../read/read-entries';
import type { Reader } from '../read/reader';

export const activityResources = [
  'myactivity.maps',
  'myactivity.myadcenter',
  'myactivity.play',
  'myactivity.search',
  'myactivity.shopping',
  'myactivity.youtube',
];

const marks = ['header', 'title', 'titleUrl', 'time', 'products', 'activityControls'];
/** Names of files beside the archive’s file: whoever exports chooses them, so they are no part of the key. */
const fileFields = ['imageFile', 'audioFiles', 'attachedFiles'];

export const activityJson: Reader = {
  resources: activityResources,
  services: ['MY_ACTIVITY'],
  kinds: ['activity'],
  format: 'json',
  accepts: (sample) => sampledObjects(sample).some(({ entry }) => hasKeys(Object.keys(entry), marks, 3)),
  read: (member, out) => {
    const check = createFieldCheck('activity', out);
    return readEntries(member, out, {
      depth: 0,
      entry: (entry, index) => {
        if (!entry.isObject) {
          out.problem('unexpected_entry', { index });
          return;
        }
        check(entry.keys, index);
        const time = entry.textOf('time');
        const occurredAt = time === undefined ? undefined : instantOfText(time, member.locale);
        const hasUnreadTime = time !== undefined && occurredAt === undefined;
        out.record({ kind: 'activity', index, occurredAt, hasUnreadTime, data: entry, volatileFields: fileFields });
      },
    });
  },
};
