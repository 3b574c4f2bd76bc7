/**
 * Playlists of the older form: a file each, with two tables. The first has one row, about the list; the second follows
 * after an empty line, under headers of its own, with the videos.
 */
import { oldPlaylistColumns, oldPlaylistItemColumns } from '../kinds/youtube';
import { textOf } from '../read/read-entries';
import { createRowReader, readRows, reportLayout, timeOfRow } from '../read/read-rows';
import { baseName, type Reader, type ReaderOutput } from '../read/reader';
import type { Sample } from '../read/detect-format';
import { layoutOf, type Layout, type Table } from '../read/table-layout';
import { playlistId, playlistResources, videoId } from './youtube-tables';

const head: Table = {
  kind: 'playlist',
  columns: oldPlaylistColumns,
  marks: ['playlistId', 'playlistTitle'],
  enough: 4,
  forms: { playlistId },
};
const items: Table = {
  kind: 'playlist_item',
  columns: oldPlaylistItemColumns,
  marks: ['videoId', 'playlistVideoCreationTimestamp'],
  forms: { videoId },
};
const listTime = ['playlistCreateTimestamp'] as const;
const itemTime = ['playlistVideoCreationTimestamp'] as const;
/** Number of the row with the headers of the second table, empty lines not counted. */
const itemHeaderRow = 2;

/** A list without videos may end after its own row. */
function layoutsOf(rows: Sample['rows']): { head: Layout; items: Layout | undefined } | undefined {
  const [ofHead, ofItems] = [layoutOf(rows.slice(0, 1), head), layoutOf(rows.slice(itemHeaderRow).slice(0, 1), items)];
  if (ofHead === undefined || (ofItems === undefined && rows.length > itemHeaderRow)) return undefined;
  return { head: ofHead, items: ofItems };
}

export const youtubeOldPlaylists: Reader = {
  resources: playlistResources,
  services: ['YOUTUBE'],
  kinds: ['playlist', 'playlist_item'],
  format: 'text',
  accepts: ({ rows }) => layoutsOf(rows) !== undefined,
  read: (member, out) => {
    const layouts = layoutsOf(member.sample.rows);
    if (layouts === undefined) return Promise.resolve();
    const list = baseName(member.path);
    const toList = rowReader(layouts.head, head, out);
    const toItem = layouts.items && rowReader(layouts.items, items, out);
    const widthOf = (index: number) =>
      (index < itemHeaderRow ? layouts.head : (layouts.items ?? layouts.head)).headers.length;
    return readRows(member, out, { headerRow: 0, widthOf }, (cells, index) => {
      if (index === 0 || index === itemHeaderRow) return;
      const data = index < itemHeaderRow ? toList(cells, index) : toItem?.(cells, index);
      if (data === undefined) return;
      if (index < itemHeaderRow) {
        const time = timeOfRow(data, listTime, member.locale);
        out.record({ kind: 'playlist', index, ...time, data, identity: textOf(data['playlistId']) });
      } else {
        const time = timeOfRow(data, itemTime, member.locale);
        out.record({ kind: 'playlist_item', index, ...time, data: Object.assign(data, { list }) });
      }
    });
  },
};

function rowReader(layout: Layout, table: Table, out: ReaderOutput): ReturnType<typeof createRowReader> {
  reportLayout(layout, table, out);
  return createRowReader(layout, table, out);
}
