/** Tables of which Google documents no columns: cells by header, the time from the first cell that surely is one. */
import { instantOf } from '../formats/instant';
import type { JsonObject } from '../formats/json';
import type { KindName } from '../kinds';
import { discoverColumns } from '../kinds/lists';
import { channelColumns } from '../kinds/youtube';
import { normalHeader } from '../locales/translated-names';
import { readRows } from '../read/read-rows';
import { baseName, type OpenMember, type Place, type Reader, type ReaderOutput } from '../read/reader';
import type { Sample } from '../read/detect-format';
import { fieldsByName, layoutOf, type Table } from '../read/table-layout';
import { channelId, channelTable } from './youtube-tables';
import { videoResources, videoTable } from './youtube-videos';

interface OpenTable {
  readonly resources: readonly string[];
  readonly service: string;
  readonly kind: KindName;
  readonly accepts: (sample: Sample, place: Place) => boolean;
  /** Whether the kind distinguishes its tables by the names of their files. */
  readonly hasTableName?: boolean;
  /** Fields by the documented headers that they are filled from. */
  readonly fields?: Readonly<Record<string, string>>;
}

function openReader({ resources, service, kind, accepts, hasTableName = false, fields }: OpenTable): Reader {
  return {
    resources,
    services: [service],
    kinds: [kind],
    format: 'text',
    accepts,
    read: (member, out) =>
      readOpenRows(member, out, kind, { more: hasTableName ? { table: baseName(member.path) } : {}, fields }),
  };
}

/** Any table belongs to the resource; among files of other resources, only one in its place. */
function anyTable(
  resource: string,
  service: string,
  kind: KindName,
  place: RegExp,
  fields?: Readonly<Record<string, string>>,
): Reader {
  const accepts = ({ rows }: Sample, { path, isShared }: Place) => rows.length > 0 && (!isShared || place.test(path));
  return openReader({ resources: [resource], service, kind, accepts, ...(fields !== undefined && { fields }) });
}

function readOpenRows(
  member: OpenMember,
  out: ReaderOutput,
  kind: KindName,
  { more, fields }: { readonly more: { readonly table?: string }; readonly fields: OpenTable['fields'] },
): Promise<void> {
  const [headers = []] = member.sample.rows;
  // A column whose header states UTC has no zone in its cells (docs/google-api.md §A6).
  const isUtc = headers.map((header) => /\(utc\)$/.test(normalHeader(header)));
  const fieldOf = headers.map((header) => fields?.[normalHeader(header)]);
  if (fields !== undefined && fieldOf.some((field) => field === undefined))
    out.drift([kind, ...headers.map(normalHeader)]);
  return readRows(member, out, { headerRow: 0, widthOf: () => headers.length }, (cells, index) => {
    if (index === 0 || cells.every((cell) => cell === '')) return;
    const columns: Record<string, string> = {};
    let occurredAt: string | undefined;
    const filled: JsonObject = {};
    for (const [at, cell] of cells.entries()) {
      if (cell === '') continue;
      const header = headers[at] ?? '';
      const field = fieldOf[at];
      if (field !== undefined) filled[field] = cell;
      columns[header === '' || header in columns ? `column ${at + 1}` : header] = cell;
      occurredAt ??= instantOf(cell) ?? (isUtc[at] === true ? instantOf(`${cell.trim()} UTC`) : undefined);
    }
    const volatile = fields === undefined ? undefined : filled;
    out.record({ kind, index, occurredAt, data: { columns, ...more }, volatile });
  });
}

export const youtubeMessages = anyTable('youtube.conversations', 'YOUTUBE', 'message', /^conversations\//i);
export const youtubePosts = anyTable('youtube.posts', 'YOUTUBE', 'post', /^posts\//i);
export const youtubeClips = anyTable('youtube.clips', 'YOUTUBE', 'clip', /^clips\//i);
export const youtubeShopping = anyTable('youtube.shopping', 'YOUTUBE', 'wishlist_item', /^shopping[^/]*\//i);
export const youtubePlayables = anyTable('youtube.playable', 'YOUTUBE', 'playable', /^playables?\//i);

/** Stickers and cards in videos: each row is about a video, under the name of an interaction. */
export const youtubeVideoInteractions = openReader({
  resources: videoResources,
  service: 'YOUTUBE',
  kind: 'video_interaction',
  accepts: ({ rows: [headers = []] }) => headers.some((header) => /^video interaction /.test(normalHeader(header))),
});

/** Sheets next to the one of the videos, which have the id of the video too. */
export const youtubeVideoDetails = openReader({
  resources: videoResources,
  service: 'YOUTUBE',
  kind: 'video_detail',
  accepts: ({ rows }) =>
    layoutOf(rows, videoTable) === undefined &&
    layoutOf(rows, { kind: 'video', columns: { videoId: 'Video ID' }, marks: ['videoId'] }) !== undefined,
});

/** Columns of the tables next to that of the channel, which identify those in other languages. */
const detailTable: Table = {
  kind: 'channel_detail',
  columns: {
    channelId: channelColumns.channelId,
    vanityNames: 'Channel Vanity URL # Name',
    autoModeration: 'Channel Auto Moderation in Live Chat',
    allowedComments: 'Video Default Allowed Comments Type',
  },
  marks: ['channelId'],
};

/**
 * Tables next to that of the channel: each has the channel's id, which alone identifies none. Under an English header
 * the title would be known; in other languages one of the other columns is, or there are too few for a channel with a
 * title.
 */
function isChannelDetail({ rows }: Sample, { isShared }: Place): boolean {
  const [headers = [], ...others] = rows;
  if (layoutOf(rows, channelTable) !== undefined) return false;
  const known = fieldsByName(headers, detailTable);
  if (known.includes('channelId')) {
    const isEnglish = headers.some((header) => normalHeader(header) === normalHeader(channelColumns.channelId));
    return isEnglish || headers.length < 3 || known.some((field) => field !== undefined && field !== 'channelId');
  }
  // The list of the channel's pictures has no id. A table with ids under an unknown header may be the channel's.
  return !isShared && others.length > 0 && !rows.some((row) => row.some((cell) => channelId.test(cell)));
}

export const youtubeChannelDetails = openReader({
  ...{ resources: ['youtube.channel'], service: 'YOUTUBE', kind: 'channel_detail', hasTableName: true },
  accepts: isChannelDetail,
});
export const discoverFollows = anyTable('discover.follows', 'DISCOVER', 'discover_follow', /follow/i, {
  followed_entity: discoverColumns.followed_entity,
});
export const discoverLikes = anyTable('discover.likes', 'DISCOVER', 'discover_like', /like/i);
export const discoverNotInterested = anyTable(
  'discover.not_interested',
  'DISCOVER',
  'discover_not_interested',
  /not interested/i,
  { entity_name: discoverColumns.entity_name, setting_value: discoverColumns.setting_value },
);
