/** The measurements of a camera that recorded for Street View: a track of places (docs/google-api.md §A7). */
import { instantOfText } from '../formats/instant';
import { isObject } from '../formats/json';
import { mediaAt, withoutEnding } from '../read/media';
import { createFieldCheck, createTypeCheck, hasKeys, readEntries, sampledObjects, textOf } from '../read/read-entries';
import { baseName, type Reader } from '../read/reader';

export const streetViewTracks: Reader = {
  resources: ['streetview.imagery'],
  services: ['MAPS'],
  kinds: ['track_point'],
  format: 'json',
  accepts: (sample) =>
    sample.json?.lists.some(({ path }) => path.at(-1) === 'gps_track') === true ||
    sampledObjects(sample).some(({ entry }) =>
      hasKeys(Object.keys(entry), ['latitude', 'longitude', 'capture_time'], 3),
    ),
  read: (member, out) => {
    const check = createFieldCheck('track_point', out);
    const checkTypes = createTypeCheck('track_point', out);
    const track = baseName(member.path);
    const [file] = mediaAt(member.siblings, withoutEnding(member.path));
    const volatile = file && { media: { part: file.part, entry: file.entry, bytes: file.bytes } };
    return readEntries(member, out, {
      depth: 1,
      entry: (entry, index) => {
        const value = entry.value();
        if (!isObject(value)) {
          out.problem('unexpected_entry', { index });
          return;
        }
        check(entry.keys, index);
        checkTypes(value);
        const time = textOf(value['capture_time']);
        const occurredAt = time === undefined ? undefined : instantOfText(time, member.locale);
        const hasUnreadTime = time !== undefined && occurredAt === undefined;
        out.record({ kind: 'track_point', index, occurredAt, hasUnreadTime, data: { ...value, track }, volatile });
      },
    });
  },
};
