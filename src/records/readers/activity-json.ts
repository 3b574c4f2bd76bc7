/** My Activity as JSON: an array with the newest entry first (docs/google-api.md §A4). */
import type { Beginning } from '../formats/byte-words';
import type { IdBytes } from '../formats/id-bytes';
import { instantOfText } from '../formats/instant';
import { createFieldCheck, hasKeys, readEntries, sampledObjects } from '../read/read-entries';
import type { JsonEntry } from '../formats/json-entry';
import type { Reader } from '../read/reader';
import { activityMeaning, meaningFields, type ActivityFacts } from './activity-meaning';

export const activityResources = [
  'myactivity.maps',
  'myactivity.myadcenter',
  'myactivity.play',
  'myactivity.search',
  'myactivity.shopping',
  'myactivity.youtube',
];

const marks = ['header', 'title', 'titleUrl', 'time', 'products', 'activityControls'];
/** Names of files next to the archive’s file: each export chooses them, so they are not part of the key. */
const volatileFields = ['imageFile', 'audioFiles', 'attachedFiles'];

export const activityJson: Reader = {
  resources: activityResources,
  services: ['MY_ACTIVITY'],
  kinds: ['activity'],
  format: 'json',
  accepts: (sample) => sampledObjects(sample).some(({ entry }) => hasKeys(Object.keys(entry), marks, 3)),
  read: (member, out) => {
    const check = createFieldCheck('activity', out);
    let keys: readonly string[] = [];
    /** An entry that has fields of these names already keeps its own. */
    let hasOwnMeaning = false;
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
        if (entry.keys !== keys) {
          keys = entry.keys;
          hasOwnMeaning = meaningFields.some((name) => keys.includes(name));
        }
        const volatile = hasOwnMeaning ? undefined : activityMeaning(new EntryFacts(entry));
        out.record({ kind: 'activity', index, occurredAt, hasUnreadTime, data: entry, volatile, volatileFields });
      },
    });
  },
};

/** Entries have few products and details; more are not looked at. */
const mostTexts = 8;

class EntryFacts implements ActivityFacts {
  constructor(private readonly entry: JsonEntry) {}

  hasHeader(name: string): boolean {
    return this.entry.is('header', name);
  }

  get titleUrl() {
    return this.entry.textOf('titleUrl');
  }

  get isKeptBySetting() {
    return this.entry.lengthOf('activityControls') > 0;
  }

  videoIdBehind(start: Beginning): IdBytes | undefined {
    return this.entry.idBehind('titleUrl', start);
  }

  channelIdBehind(start: Beginning): IdBytes | undefined {
    return this.entry.idInListBehind('subtitles', 0, 'url', start);
  }

  get channelUrl() {
    return this.entry.textInList('subtitles', 0, 'url');
  }

  hasProduct(name: string): boolean {
    return this.entry.isInList('products', name, mostTexts);
  }

  hasDetail(form: RegExp): boolean {
    const count = Math.min(this.entry.lengthOf('details'), mostTexts);
    for (let index = 0; index < count; index += 1) {
      const name = this.entry.textInList('details', index, 'name');
      if (name !== undefined && form.test(name)) return true;
    }
    return false;
  }
}
