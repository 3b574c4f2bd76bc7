/** Bookmarks and the reading list: Netscape bookmark HTML, as every browser writes it (docs/google-api.md §A5). */
import { Parser } from 'htmlparser2';

import { instantOfNumber } from '../formats/instant';
import type { JsonObject } from '../formats/json';
import { readText } from '../read/read-text';
import type { Reader, ReaderOutput } from '../read/reader';
import { hasEncryptedNotice } from './chrome-encryption';

const marker = /<!doctype\s+netscape-bookmark-file|<dl[\s>][^]*<a\s[^>]*href/i;

/** Attributes that have fields of their own, or say nothing about the link. */
const ownFields = new Set(['href', 'add_date', 'icon', 'icon_uri', 'last_modified', 'last_visit']);
interface Link {
  readonly attributes: Record<string, string>;
  title: string;
  /** What the person wrote about it. */
  note: string;
}

/** Tags of what comes behind a link and its note. */
const endsLink = new Set(['a', 'dt', 'dl', 'h3', 'hr']);
/** Folders within folders; deeper ones do not come from a browser. */
const maxFolders = 64;

function linkReader(resource: string, kind: 'bookmark' | 'reading_list_item'): Reader {
  return {
    resources: [resource],
    services: ['CHROME'],
    kinds: [kind],
    format: 'html',
    accepts: (sample) => marker.test(sample.text) || hasEncryptedNotice(sample.text),
    read: async (member, out) => {
      /** Names of the lists around; undefined where a list has none, as the outermost. */
      const folders: (string | undefined)[] = [];
      let heading: string | undefined;
      let pending: string | undefined;
      let link: Link | undefined;
      /** Where text belongs that comes now. */
      let within: 'title' | 'note' | undefined;
      let index = 0;
      /** Lists that are open; -1 before the first one. */
      let lists = -1;
      /** The end of what stands between the links. */
      const between = { text: '', isEncrypted: false };
      const finish = () => {
        within = undefined;
        if (link === undefined) return;
        record(out, kind, index, link, folders);
        link = undefined;
        index += 1;
      };
      const parser = new Parser({
        onopentag: (name, attributes) => {
          // The note of a link follows behind it, so it ends with whatever comes next.
          if (endsLink.has(name)) finish();
          if (name === 'a') {
            link = { attributes, title: '', note: '' };
            within = 'title';
          } else if (name === 'dd' && link !== undefined) within = 'note';
          // A folder is no record, so what the person wrote about it has no place.
          else if (name === 'dd') out.drift(['note of a folder']);
          else if (name === 'h3') heading = '';
          else if (name === 'dl') {
            lists = Math.max(lists, 0) + 1;
            if (pending !== undefined && folders.length >= maxFolders) out.problem('syntax', { index });
            else folders.push(pending);
            pending = undefined;
          }
        },
        ontext: (text) => {
          if (link !== undefined && within !== undefined) link[within] += text;
          else if (heading !== undefined) heading += text;
          else {
            const all = between.text + text.replaceAll(/\s+/g, ' ');
            between.isEncrypted ||= hasEncryptedNotice(all);
            between.text = all.slice(-64);
          }
        },
        onclosetag: (name) => {
          if (name === 'a') within = undefined;
          else if (name === 'h3') {
            pending = heading?.trim();
            heading = undefined;
          } else if (name === 'dl') {
            finish();
            folders.pop();
            lists -= 1;
          }
        },
      });
      const isWhole = await readText(
        member,
        out,
        (text) => parser.write(text),
        () => index,
      );
      if (between.isEncrypted) out.problem('encrypted', { index });
      const isCut = within === 'title' || (lists !== 0 && !(between.isEncrypted && lists < 0));
      // Of a link behind which the file was cut, the note may not be all there.
      if (link !== undefined && within === 'note') link.note = '';
      if (within === 'title') link = undefined;
      finish();
      parser.end();
      if (isCut && isWhole) out.problem('truncated', { index });
      await out.settle();
    },
  };
}

function record(
  out: ReaderOutput,
  kind: 'bookmark' | 'reading_list_item',
  index: number,
  { attributes, title, note }: Link,
  folders: readonly (string | undefined)[],
): void {
  const folder = folders.filter((name) => name !== undefined);
  const { href, add_date: addDate, icon } = attributes;
  const others = Object.fromEntries(Object.entries(attributes).filter(([name]) => !ownFields.has(name)));
  const data: JsonObject = {
    title: title.trim(),
    ...(href !== undefined && { url: href }),
    ...(addDate !== undefined && { addDate }),
    ...(note.trim() !== '' && { note: note.trim() }),
    ...(folder.length > 0 && { folder }),
    ...(Object.keys(others).length > 0 && { attributes: others }),
  };
  if (href === undefined) out.problem('missing_field', { index, field: 'url' });
  const occurredAt = addDate === undefined ? undefined : instantOfNumber(addDate);
  // A bookmark that came with another browser's has 0, or nothing, for no time.
  const hasUnreadTime = occurredAt === undefined && addDate !== undefined && !/^0*$/.test(addDate);
  const volatile = icon === undefined ? undefined : { icon };
  out.record({ kind, index, occurredAt, hasUnreadTime, data, volatile });
}

export const chromeBookmarks = linkReader('chrome.bookmarks', 'bookmark');
export const chromeReadingList = linkReader('chrome.reading_list', 'reading_list_item');
