/** YouTube's tables (docs/google-api.md §A6). Times are text as written; columns have the names of the sheets. */
import { z } from 'zod';

import { rowFields, text, type Kind } from './kind';

export const commentColumns = {
  commentId: 'Comment ID',
  channelId: 'Channel ID',
  commentCreateTimestamp: 'Comment Create Timestamp',
  price: 'Price',
  currencyCode: 'Currency code',
  parentCommentId: 'Parent Comment ID',
  postId: 'Post ID',
  videoId: 'Video ID',
  commentText: 'Comment Text',
  topLevelCommentId: 'Top-Level Comment ID',
} as const;
export const subscriptionColumns = {
  channelId: 'Channel Id',
  channelUrl: 'Channel Url',
  channelTitle: 'Channel Title',
} as const;
export const channelColumns = {
  channelId: 'Channel ID',
  channelCountry: 'Channel Country',
  channelTitle: 'Channel Title (Original)',
  channelVisibility: 'Channel Visibility',
  channelDescription: 'Channel Description (Original)',
  channelTags: 'Channel Tag #',
} as const;
export const playlistColumns = {
  playlistId: 'Playlist ID',
  playlistTitle: 'Playlist Title (Original)',
  playlistVisibility: 'Playlist Visibility',
  playlistCreateTimestamp: 'Playlist Create Timestamp',
  playlistUpdateTimestamp: 'Playlist Update Timestamp',
  playlistDescription: 'Playlist Description (Original)',
  playlistTitleLanguage: 'Playlist Title (Original) Language',
  playlistVideoOrder: 'Playlist Video Order',
  addNewVideosToTop: 'Add new videos to top',
  playlistImageCreateTimestamps: 'Playlist Image # Create Timestamp',
  playlistImageUrls: 'Playlist Image # URL',
  playlistImageHeights: 'Playlist Image # Height',
  playlistImageWidths: 'Playlist Image # Width',
} as const;
/** The head of a playlist's own file, as it was until 2023: its items follow below, under headers of their own. */
export const oldPlaylistColumns = {
  playlistId: 'Playlist Id',
  channelId: 'Channel Id',
  playlistCreateTimestamp: 'Time Created',
  playlistUpdateTimestamp: 'Time Updated',
  playlistTitle: 'Title',
  playlistDescription: 'Description',
  playlistVisibility: 'Visibility',
} as const;
export const oldPlaylistItemColumns = {
  videoId: 'Video Id',
  playlistVideoCreationTimestamp: 'Time Added',
} as const;
export const playlistItemColumns = {
  videoId: 'Video ID',
  playlistVideoCreationTimestamp: 'Playlist Video Creation Timestamp',
} as const;
export const videoColumns = {
  videoId: 'Video ID',
  approxDurationMs: 'Approx Duration (ms)',
  videoAudioLanguage: 'Video Audio Language',
  videoCategory: 'Video Category',
  videoDescription: 'Video Description (Original)',
  videoDescriptionLanguage: 'Video Description (Original) Language',
  channelId: 'Channel ID',
  tags: 'Tag #',
  videoTitle: 'Video Title (Original)',
  videoTitleLanguage: 'Video Title (Original) Language',
  thumbnailUrl: 'Thumbnail URL',
  privacy: 'Privacy',
  videoState: 'Video State',
  videoCreateTimestamp: 'Video Create Timestamp',
  videoPublishTimestamp: 'Video Publish Timestamp',
} as const;
export const songColumns = {
  videoId: 'Video ID',
  songTitle: 'Song Title',
  albumTitle: 'Album Title',
  artistNames: 'Artist Name #',
  durationSeconds: 'Duration (Seconds)',
} as const;

const media = z
  .looseObject({
    files: z.array(z.looseObject({ part: z.int(), entry: z.int(), bytes: z.int() })),
    ambiguous: z.boolean().describe('Several videos or files have the same name'),
  })
  .describe('The members with the original media, found by their titles; not part of the key')
  .optional();

const comment = z.looseObject({
  ...rowFields(commentColumns),
  text: text('The words of the comment; `commentText` holds them as JSON in one of two forms, or as plain text'),
});

/** Tables of which no column is described: cells by header. */
const openRow = z.looseObject({
  columns: z.record(z.string(), z.string()).describe('The cells as Google wrote them, by header'),
});

export const youtubeKinds = {
  comment: {
    title: 'A comment that the person wrote on YouTube',
    schema: comment,
    required: ['commentId', 'commentText'],
    mapping:
      'schema.org `Comment`: `identifier` ← `commentId`, `text` ← `text`, `dateCreated` ← `commentCreateTimestamp`, `parentItem` ← `parentCommentId`',
  },
  live_chat_message: {
    title: 'A message in a live chat',
    schema: comment,
    required: ['commentText'],
    mapping: 'schema.org `Comment`, as for `comment`',
  },
  subscription: {
    title: 'A channel to which the person subscribed',
    schema: z.looseObject(rowFields(subscriptionColumns)),
    required: ['channelId'],
    mapping: 'schema.org `SubscribeAction`: `object.url` ← `channelUrl`, `object.name` ← `channelTitle`',
  },
  channel: {
    title: 'A channel that belongs to the person',
    schema: z.looseObject(rowFields(channelColumns)),
    required: ['channelId'],
  },
  channel_detail: {
    title: 'More data about a channel, such as page settings, addresses and features',
    schema: openRow.extend({ table: text('Name of the file that holds the table') }),
    required: ['columns'],
    open: true,
  },
  playlist: {
    title: 'A playlist',
    schema: z.looseObject({ ...rowFields(playlistColumns), channelId: text('Only in playlists of the older form') }),
    required: ['playlistId'],
    mapping: 'schema.org `ItemList`: `identifier` ← `playlistId`, `name` ← `playlistTitle`',
  },
  playlist_item: {
    title: 'A video in a playlist',
    schema: z.looseObject({ ...rowFields(playlistItemColumns), list: text('Name of the file that holds the list') }),
    required: ['videoId'],
    mapping: 'schema.org `ListItem`: `item.identifier` ← `videoId`',
  },
  video: {
    title: 'A video that the person uploaded',
    schema: z.looseObject({ ...rowFields(videoColumns), media }),
    required: ['videoId'],
    mapping:
      'schema.org `VideoObject`: `identifier` ← `videoId`, `name` ← `videoTitle`, `description` ← `videoDescription`, `uploadDate` ← `videoCreateTimestamp`',
  },
  video_detail: {
    title: 'More data about a video, such as texts and the place of recording',
    schema: openRow,
    required: ['columns'],
    open: true,
  },
  video_interaction: {
    title: 'A sticker or a card in a video, such as the mention of a channel',
    schema: openRow,
    required: ['columns'],
    open: true,
  },
  song: {
    title: 'A song in the music library, or one that the person uploaded, which has no `videoId`',
    schema: z.looseObject(rowFields(songColumns)),
    required: ['songTitle'],
    mapping:
      'schema.org `MusicRecording`: `name` ← `songTitle`, `inAlbum.name` ← `albumTitle`, `byArtist.name` ← `artistNames`',
  },
  message: {
    title: 'A message on YouTube',
    schema: openRow,
    required: ['columns'],
    open: true,
    mapping: 'schema.org `Message`',
  },
  post: {
    title: 'A post on YouTube',
    schema: openRow,
    required: ['columns'],
    open: true,
    mapping: 'schema.org `SocialMediaPosting`',
  },
  clip: {
    title: 'A clip of a video',
    schema: openRow,
    required: ['columns'],
    open: true,
    mapping: 'schema.org `Clip`',
  },
  wishlist_item: { title: 'An item of YouTube shopping', schema: openRow, required: ['columns'], open: true },
  playable: {
    title: 'The progress of the person in a playable (a game on YouTube)',
    schema: openRow,
    required: ['columns'],
    open: true,
  },
} as const satisfies Record<string, Kind>;
