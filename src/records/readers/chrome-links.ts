/** Bookmarks and the reading list: Netscape bookmark HTML, as every browser writes it (docs/google-api.md §A5). */
import { Parser } from 'htmlparser2';

import { instantOfNumber } from '../formats/instant';
import type { JsonObject } from '../formats/json';
import { readText } from '../read/read-text';
import type { Reader } from '../read/reader';

const marker = /<!doctype\s+netscape-bookmark-file|<dl[\s>][^]*<a\s[^>]*href/i;

/** Attributes that have fields of their own, or say nothing about the link. */
const ownFields = new Set(['href', 'add_date', 'icon', 'icon_uri', 'last_modified', 'last_visit']);
/** Folders within folders; deeper ones do not come from a browser. */
const maxFolders = 64;

function linkReader(resource: string, kind: 'bookmark' | 'reading_list_item'): Reader {
  return {
    resources: [resource],
    services: ['CHROME'],
    kinds: [kind],
    format: 'html',
    accepts: (sample) => marker.test(sample.text),
    read: async (member, out) => {
      const folders: string[] = [];
      let heading: string | undefined;
      let pending: string | undefined;
      let link: { attributes: Record<string, string>; title: string } | undefined;
      let index = 0;
      /** Lists that are open; -1 before the first one. */
      let lists = -1;
      const finish = () => {
        if (link === undefined) return;
        const { attributes, title } = link;
        link = undefined;
        const { href, add_date: addDate, icon } = attributes;
        const others = Object.fromEntries(Object.entries(attributes).filter(([name]) => !ownFields.has(name)));
        const data: JsonObject = {
          title: title.trim(),
          ...(href !== undefined && { url: href }),
          ...(addDate !== undefined && { addDate }),
          ...(folders.length > 0 && { folder: [...folders] }),
          ...(Object.keys(others).length > 0 && { attributes: others }),
        };
        if (href === undefined) out.problem('missing_field', { index, field: 'url' });
        const occurredAt = addDate === undefined ? undefined : instantOfNumber(addDate);
        // A bookmark that came with another browser's has 0, or nothing, for no time.
        const hasUnreadTime = occurredAt === undefined && addDate !== undefined && !/^0*$/.test(addDate);
        const volatile = icon === undefined ? undefined : { icon };
        out.record({ kind, index, occurredAt, hasUnreadTime, data, volatile });
        index += 1;
      };
      const parser = new Parser({
        onopentag: (name, attributes) => {
          if (name === 'dl') lists = Math.max(lists, 0) + 1;
          if (name === 'a') {
            finish();
            link = { attributes, title: '' };
          } else if (name === 'h3') heading = '';
          else if (name === 'dl' && pending !== undefined) {
            if (folders.length >= maxFolders) out.problem('syntax', { index });
            else folders.push(pending);
            pending = undefined;
          } else if (name === 'dl') folders.push('');
        },
        ontext: (text) => {
          if (link !== undefined) link.title += text;
          else if (heading !== undefined) heading += text;
        },
        onclosetag: (name) => {
          if (name === 'a') finish();
          else if (name === 'h3') {
            pending = heading?.trim();
            heading = undefined;
          } else if (name === 'dl') {
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
      const isCut = link !== undefined || lists !== 0;
      link = undefined;
      parser.end();
      if (isCut && isWhole) out.problem('truncated', { index });
      await out.settle();
    },
  };
}

export const chromeBookmarks = linkReader('chrome.bookmarks', 'bookmark');
export const chromeReadingList = linkReader('chrome.reading_list', 'reading_list_item');
