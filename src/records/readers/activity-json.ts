/** My Activity as JSON: an array with the newest entry first (docs/google-api.md §A4). */
import { instantOfText } from '../formats/instant';
import type { JsonObject } from '../formats/json';
import { createFieldCheck, hasKeys, readEntries, sampledObjects } from '../read/read-entries';
import type { JsonEntry } from '../formats/json-entry';
import type { Reader } from '../read/reader';
import { activityMeaning, meaningFields } from './activity-meaning';

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
const volatileFields = ['imageFile', 'audioFiles', 'attachedFiles'];

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
        const volatile = meaning(entry);
        out.record({ kind: 'activity', index, occurredAt, hasUnreadTime, data: entry, volatile, volatileFields });
      },
    });
  },
};

/** An entry that has fields of these names already keeps its own. */
function meaning(entry: JsonEntry): JsonObject | undefined {
  for (const name of meaningFields) if (entry.has(name)) return undefined;
  return activityMeaning({
    header: entry.textOf('header'),
    titleUrl: entry.textOf('titleUrl'),
    isKeptBySetting: entry.lengthOf('activityControls') > 0,
    channelUrl: entry.textInList('subtitles', 0, 'url'),
    details: textsIn(entry, 'details', 'name'),
    products: textsIn(entry, 'products'),
  });
}

/** Entries have few of them; more are not looked at. */
const mostTexts = 8;
const nothing: readonly string[] = [];

function textsIn(entry: JsonEntry, key: string, inner?: string): readonly string[] {
  const count = Math.min(entry.lengthOf(key), mostTexts);
  if (count === 0) return nothing;
  const texts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const text = entry.textInList(key, index, inner);
    if (text !== undefined) texts.push(text);
  }
  return texts;
}
