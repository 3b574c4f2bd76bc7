/** Bookmarks and the reading list: Netscape bookmark HTML, as every browser writes it (docs/google-api.md §A5). */
import { instantOfNumber } from '../formats/instant';
import type { JsonObject } from '../formats/json';
import { MarkCount } from '../formats/mark-count';
import { readText } from '../read/read-text';
import type { Reader, ReaderOutput } from '../read/reader';
import { hasEncryptedNotice } from './chrome-encryption';
import { LinkList, type Link } from './link-list';

const doctype = /<!doctype\s+netscape-bookmark-file/i;
const list = /<dl[\s>]/i;
const address = /<a\s[^<>]*href/i;

/** Whether a page is a list of links. Each expression goes over the text once. */
function hasLinks(text: string): boolean {
  if (doctype.test(text)) return true;
  const from = text.search(list);
  return from >= 0 && address.test(text.slice(from));
}

/** Attributes that have fields of their own, or contain nothing about the link. */
const ownFields = new Set(['href', 'add_date', 'icon', 'icon_uri', 'last_modified', 'last_visit']);

function linkReader(resource: string, kind: 'bookmark' | 'reading_list_item'): Reader {
  return {
    resources: [resource],
    services: ['CHROME'],
    kinds: [kind],
    format: 'html',
    accepts: (sample) => hasLinks(sample.text) || hasEncryptedNotice(sample.text),
    read: async (member, out) => {
      const { HtmlPieces } = await import('../formats/html-pieces.js');
      const links = new LinkList({
        link: (link, index, folders) => record(out, kind, index, link, folders),
        broken: (index) => out.problem('syntax', { index }),
        noteOfFolder: () => out.drift(['note of a folder']),
      });
      const pieces = new HtmlPieces(links);
      const marks = new MarkCount('<dt><a ');
      const isWhole = await readText(
        member,
        out,
        (text) => {
          pieces.write(text);
          marks.add(text);
        },
        () => links.index,
      );
      const isCut = links.end();
      const { index, begun, isEncrypted } = links;
      if (isEncrypted) out.problem('encrypted', { index });
      if (isWhole && isCut) out.problem('truncated', { index });
      // Links within a value whose quote is missing, or within a comment.
      else if (isWhole && marks.count > begun) out.problem('syntax', { index });
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
