/** YouTube's plain tables: subscriptions, the channel, playlists and their videos, music (docs/google-api.md §A6). */
import {
  channelColumns,
  playlistColumns,
  playlistItemColumns,
  songColumns,
  subscriptionColumns,
} from '../kinds/youtube';
import { baseName } from '../read/reader';
import type { Table } from '../read/table-layout';
import { tableReader } from './plain-tables';

export const channelId = /^UC[\w-]{20,24}$/;
export const videoId = /^[\w-]{11}$/;
export const playlistId = /^(PL|LL|FL|UU|WL)[\w-]*$/;
export const day = /^\d{4}-\d\d-\d\d/;
export const playlistResources = [
  'youtube.public_playlists',
  'youtube.private_playlists',
  'youtube.unlisted_playlists',
];

export const youtubeSubscriptions = tableReader({
  services: ['YOUTUBE'],
  resources: ['youtube.subscriptions'],
  table: {
    kind: 'subscription',
    columns: subscriptionColumns,
    marks: ['channelId', 'channelUrl'],
    forms: { channelId, channelUrl: /^https?:/ },
    orders: [Object.keys(subscriptionColumns)],
  },
  identity: 'channelId',
});

export const channelTable: Table = {
  kind: 'channel',
  columns: channelColumns,
  marks: ['channelId', 'channelTitle'],
  // The tables next to this one begin with the id too; none of them has a country after it.
  forms: { channelId, channelCountry: /^[A-Z]{2}$/ },
  orders: [['channelId', 'channelCountry', 'channelTitle', 'channelVisibility']],
};
export const youtubeChannel = tableReader({
  services: ['YOUTUBE'],
  resources: ['youtube.channel'],
  table: channelTable,
  identity: 'channelId',
});

const playlistFacts = [
  ...['playlistTitle', 'playlistTitleLanguage', 'playlistCreateTimestamp', 'playlistUpdateTimestamp'],
  ...['playlistVideoOrder', 'playlistVisibility'],
];
const playlistImage = [
  ...['playlistImageCreateTimestamps', 'playlistImageUrls', 'playlistImageHeights', 'playlistImageWidths'],
];

export const youtubePlaylists = tableReader({
  services: ['YOUTUBE'],
  resources: playlistResources,
  table: {
    kind: 'playlist',
    columns: playlistColumns,
    marks: ['playlistId', 'playlistTitle'],
    forms: { playlistId, playlistCreateTimestamp: day, playlistUpdateTimestamp: day },
    orders: [
      ['playlistId', 'playlistTitle', 'playlistVisibility', 'playlistCreateTimestamp'],
      ['playlistId', 'addNewVideosToTop', ...playlistFacts],
      ['playlistId', 'addNewVideosToTop', ...playlistImage, ...playlistFacts],
    ],
  },
  identity: 'playlistId',
  time: ['playlistCreateTimestamp'],
});

export const youtubePlaylistItems = tableReader({
  services: ['YOUTUBE'],
  resources: playlistResources,
  table: {
    kind: 'playlist_item',
    columns: playlistItemColumns,
    marks: ['videoId', 'playlistVideoCreationTimestamp'],
    forms: { videoId, playlistVideoCreationTimestamp: day },
    orders: [Object.keys(playlistItemColumns)],
  },
  time: ['playlistVideoCreationTimestamp'],
  more: (path) => ({ list: baseName(path) }),
});

export const youtubeSongs = tableReader({
  services: ['YOUTUBE'],
  resources: ['youtube.music'],
  // Songs that the person uploaded have no id of a video.
  table: {
    ...{ kind: 'song', columns: songColumns, marks: ['songTitle'], enough: 3 },
    forms: { videoId },
    orders: [['videoId', 'songTitle', 'albumTitle', 'artistNames']],
  },
  identity: 'videoId',
});
