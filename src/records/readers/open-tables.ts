/** Tables of which Google describes no columns: cells by header, the time from the first cell that surely is one. */
import { instantOf } from '../formats/instant';
import type { KindName } from '../kinds';
import { normalHeader } from '../locales/names';
import { layoutOf, readRows } from '../read/read-rows';
import type { OpenMember, Reader, ReaderOutput } from '../read/reader';
import type { Sample } from '../read/sample';
import { videoResources, videoTable } from './youtube-videos';

function openReader(
  resources: readonly string[],
  service: string,
  kind: KindName,
  accepts: (sample: Sample) => boolean = ({ rows }) => rows.length > 0,
): Reader {
  return {
    resources,
    services: [service],
    kinds: [kind],
    format: 'text',
    accepts,
    read: (member, out) => readOpenRows(member, out, kind),
  };
}

function readOpenRows(member: OpenMember, out: ReaderOutput, kind: KindName): Promise<void> {
  const [headers = []] = member.sample.rows;
  // A column that says so is in UTC without a zone in its cells (docs/google-api.md §A6).
  const isUtc = headers.map((header) => /\(utc\)$/.test(normalHeader(header)));
  return readRows(member, out, headers.length, 0, (cells, index) => {
    if (index === 0 || cells.every((cell) => cell === '')) return;
    const columns: Record<string, string> = {};
    let occurredAt: string | undefined;
    for (const [at, cell] of cells.entries()) {
      if (cell === '') continue;
      const header = headers[at] ?? '';
      columns[header === '' || header in columns ? `column ${at + 1}` : header] = cell;
      occurredAt ??= instantOf(cell) ?? (isUtc[at] === true ? instantOf(`${cell.trim()} UTC`) : undefined);
    }
    out.record({ kind, index, occurredAt, data: { columns } });
  });
}

export const youtubeMessages = openReader(['youtube.conversations'], 'YOUTUBE', 'message');
export const youtubePosts = openReader(['youtube.posts'], 'YOUTUBE', 'post');
export const youtubeClips = openReader(['youtube.clips'], 'YOUTUBE', 'clip');
export const youtubeShopping = openReader(['youtube.shopping'], 'YOUTUBE', 'wishlist_item');
export const youtubePlayables = openReader(['youtube.playable'], 'YOUTUBE', 'playable');
/** Sheets beside the one of the videos, which have the id of the video too. */
export const youtubeVideoDetails = openReader(
  videoResources,
  'YOUTUBE',
  'video_detail',
  ({ rows }) =>
    layoutOf(rows, videoTable) === undefined &&
    layoutOf(rows, { kind: 'video', columns: { videoId: 'Video ID' }, marks: ['videoId'] }) !== undefined,
);
export const discoverFollows = openReader(['discover.follows'], 'DISCOVER', 'discover_follow');
export const discoverLikes = openReader(['discover.likes'], 'DISCOVER', 'discover_like');
export const discoverNotInterested = openReader(['discover.not_interested'], 'DISCOVER', 'discover_not_interested');
