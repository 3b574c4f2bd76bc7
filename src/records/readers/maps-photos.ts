/**
 * Photos and videos on Maps: a JSON file next to each, of the same name with another ending (docs/google-api.md §A7).
 */
import { instantOf, instantOfNumber } from '../formats/instant';
import { isObject, parseJson, type Json, type JsonObject } from '../formats/json';
import { hasKeys, textOf } from '../read/read-entries';
import { mediaAt, withoutEnding } from '../read/media';
import type { OpenMember, Reader } from '../read/reader';
import { JsonTape } from '../formats/json-tape';
import { Utf8Text } from '../formats/utf8-text';
import { maxDepth } from '../formats/value-scan';

const marks = ['title', 'description', 'creationTime', 'photoTakenTime', 'geoDataExif', 'url'];
/** The greatest length of the description of one photo; a longer text is not one. */
const longest = 1024 * 1024;

export const mapsPhotos: Reader = {
  resources: ['maps.photos_videos'],
  services: ['MAPS'],
  kinds: ['photo'],
  format: 'json',
  accepts: ({ json, text, isWhole }) => {
    if (json?.root !== 'object') return false;
    if (!isWhole) return true;
    const facts = parsed(text);
    return facts === undefined || hasKeys(Object.keys(facts), marks, 2);
  },
  read: async (member, out) => {
    const decoder = new Utf8Text();
    let text = '';
    let damaged = false;
    for await (const chunk of member.chunks) {
      const piece = decoder.write(chunk);
      text += piece.text;
      damaged ||= piece.isDamaged;
      if (text.length > longest) {
        out.problem('entry_too_large', { index: 0 });
        return;
      }
    }
    if (damaged || decoder.end().isDamaged) out.problem('not_utf8', { index: 0 });
    const data = parsed(text);
    if (data === undefined) {
      out.problem('syntax', { index: 0, offset: 0 });
      return;
    }
    if (hasRepeatedKey(text)) out.problem('duplicate_key', { index: 0 });
    const occurredAt = timeOf(data['photoTakenTime']) ?? timeOf(data['creationTime']);
    const hasUnreadTime = occurredAt === undefined && (data['photoTakenTime'] ?? data['creationTime'] ?? null) !== null;
    const media = mediaOf(member, textOf(data['title']));
    const identity = textOf(data['url']);
    out.record({ kind: 'photo', index: 0, occurredAt, hasUnreadTime, data, volatile: media && { media }, identity });
    await out.settle();
  },
};

function parsed(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function hasRepeatedKey(text: string): boolean {
  const tape = new JsonTape(maxDepth);
  tape.read(Buffer.from(`${text.trim()}\0`), 0);
  return tape.hasRepeatedKey;
}

/** Takeout writes seconds since 1970 as text; others write RFC 3339. */
function timeOf(value: Json | undefined): string | undefined {
  const text = isObject(value) ? textOf(value['timestamp']) : textOf(value);
  return text === undefined ? undefined : (instantOf(text) ?? instantOfNumber(text));
}

/**
 * The file of `a.jpg` is `a.jpg.json`, or `a.json`. Where the latter also fits `a.mp4`, or no file has such a name, the
 * title decides: it is the name of the media.
 */
function mediaOf({ path, siblings }: OpenMember, title: string | undefined): JsonObject | undefined {
  const name = withoutEnding(path);
  const alike = mediaAt(siblings, name);
  const folder = path.split('/').slice(0, -1);
  const titled = () => (title === undefined ? [] : mediaAt(siblings, [...folder, title.normalize('NFC')].join('/')));
  const exact = alike.find((file) => file.path === name);
  const media = exact ?? (alike.length === 1 ? alike : titled())[0];
  return media && { part: media.part, entry: media.entry, bytes: media.bytes };
}
