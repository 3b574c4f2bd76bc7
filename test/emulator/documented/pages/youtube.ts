/** G/schema-reference/youtube: videos by the page; other sheets by its summary (CSV) and the headers of real files. */
import { csv, marked, media, offsetForm, type Check, type Column, type DocumentedResource } from '../documented';

const id = /^[\w-]{11}$/;
const channelId = /^UC[\w-]{22}$/;
const optionalOffset = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00)?$/;
const preciseTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{5,6}\+00:00$/;

const videos: Column[] = [
  ['Video ID', id],
  ['Approx Duration (ms)', /^\d+$/],
  ['Video Audio Language', /^[a-z]{2}$/],
  ['Video Category', /^(Unspecified Category|Film)$/],
  ['Video Description (Original)'],
  ['Video Description (Original) Language', /^([a-z]{2})?$/],
  ['Channel ID', channelId],
  ['Tag 1'],
  ['Tag 2'],
  ['Video Title (Original)', /./],
  ['Video Title (Original) Language', /^[a-z]{2}$/],
  ['Thumbnail URL', /^(https:.*)?$/],
  ['Privacy', /^(Private|Public|Unlisted)$/],
  ['Video State', /^(Uploaded|Processed)$/],
  ['Video Create Timestamp', offsetForm],
  ['Video Publish Timestamp', offsetForm],
];

const interactions: Column[] = [
  ['Video Interaction ID', id],
  ['Created Time', offsetForm],
  ['Interaction Type', /^(CHANNEL_MENTION|VIDEO_LINK)$/],
];

/** Objects one after another with commas, or plain text. */
const segments = /^(\{[^]*\}|\d+)$/;

const comments: Column[] = [
  ['Comment ID', /./],
  ['Channel ID', channelId],
  ['Comment Create Timestamp', preciseTime],
  ['Price', /^\d+$/],
  ['Currency code', /^([A-Z]{3})?$/],
  ['Parent Comment ID'],
  ['Post ID'],
  ['Video ID', id],
  ['Comment Text', segments],
  ['Top-Level Comment ID'],
];

const liveChats: Column[] = [
  ['Live Chat ID', /./],
  ['Channel ID', channelId],
  ['Live Chat Create Timestamp', preciseTime],
  ['Price', /^(0|\d+0000)$/],
  ['Currency code', /^([A-Z]{3})?$/],
  ['Video ID', id],
  ['Live Chat Text', segments],
];

const older = (columns: Column[]) => columns.filter(([name]) => name !== 'Currency code');

const playlistsSmall: Column[] = [
  ['Playlist ID', /^PL/],
  ['Add new videos to top', /^(True|False)$/],
  ['Playlist image 1 Create timestamp', optionalOffset],
  ['Playlist image 1 URL'],
  ['Playlist image 1 Height', /^\d*$/],
  ['Playlist image 1 Width', /^\d*$/],
  ['Playlist title (original)', /./],
  ['Playlist title (original) language'],
  ['Playlist create timestamp', offsetForm],
  ['Playlist update timestamp', offsetForm],
  ['Playlist video order', /^Manual$/],
  ['Playlist visibility', /^(Private|Public|Unlisted)$/],
];

const playlistsCapitals: Column[] = [
  ['Playlist ID', /^PL/],
  ['Add New Videos to Top', /^(True|False)$/],
  ['Playlist Description (Original)'],
  ['Playlist Title (Original)', /./],
  ['Playlist Title (Original) Language'],
  ['Playlist Create Timestamp', offsetForm],
  ['Playlist Update Timestamp', offsetForm],
  ['Playlist Video Order', /^Manual$/],
  ['Playlist Visibility', /^(Private|Public|Unlisted)$/],
];

const items: Check = csv([
  ['Video ID', id],
  ['Playlist Video Creation Timestamp', offsetForm],
]);

const sheet = (
  resource: string,
  name: string,
  check: Check,
  fields: DocumentedResource['fields'] = 'real files',
  forms: Record<string, RegExp> = {},
): DocumentedResource => ({
  resource: `youtube.${resource}`,
  page: 'youtube',
  read: 'summary',
  fields,
  files: [{ name, path: /\.csv$/, check }],
  forms,
});

const invented = (resource: string, name: string, ...columns: Column[]) =>
  sheet(resource, name, marked(csv(columns)), 'invented');

const privacies = ['public', 'private', 'unlisted'];

export const youtube: DocumentedResource[] = [
  ...privacies.map((privacy): DocumentedResource => ({
    resource: `youtube.${privacy}_videos`,
    page: 'youtube',
    read: 'excerpts',
    fields: 'page and real files',
    files: [
      { name: 'video metadata/videos.csv', path: /\/videos\.csv$/, check: csv(videos) },
      // The page's third object; its name and last columns were not to be had.
      { name: 'video metadata/video interactions.csv', path: /\/video interactions\.csv$/, check: csv(interactions) },
      { name: 'videos/*.mp4', path: /^videos\/.*\.mp4$/, check: media },
    ],
  })),
  ...privacies.map((privacy): DocumentedResource => ({
    resource: `youtube.${privacy}_playlists`,
    page: 'youtube',
    read: 'summary',
    fields: 'real files',
    files: [
      { name: 'playlists/*-videos.csv', path: /-videos\.csv$/, check: items },
      ...(privacy === 'private'
        ? [{ name: 'playlists/Liked videos.csv', path: /\/Liked videos\.csv$/, check: items }]
        : []),
      { name: 'playlists/playlists.csv', path: /\.csv$/, check: csv(playlistsSmall, playlistsCapitals) },
    ],
    forms: { 'small letters': /^Playlist ID,Add new videos/, capitals: /^Playlist ID,Add New Videos/ },
  })),
  sheet('comments', 'comments/comments.csv', csv(comments, older(comments)), 'real files', {
    'several segments': /\}"?,"?\{/,
    'a mention': /mention/,
    'plain text': /,123,/,
    'a currency': /^Comment ID.*,Currency code,/,
    'older files without it': /^Comment ID(?!.*Currency code)/,
  }),
  sheet('live_chat', 'live chats/live chats.csv', csv(liveChats, older(liveChats)), 'real files', {
    'a paid message': /,990000,/,
  }),
  {
    resource: 'youtube.channel',
    page: 'youtube',
    read: 'summary',
    fields: 'real files',
    files: [
      {
        name: 'channels/channel.csv',
        path: /\.csv$/,
        check: csv([['Channel ID', channelId], ['Channel Title (Original)'], ['Channel Visibility', /^Public$/]]),
      },
      { name: 'channels/banner.jpg', path: /\.jpg$/, check: media },
    ],
  },
  sheet(
    'subscriptions',
    'subscriptions/subscriptions.csv',
    csv([['Channel Id', channelId], ['Channel Url', /^http/], ['Channel Title']]),
  ),
  {
    resource: 'youtube.music',
    page: 'youtube',
    read: 'summary',
    fields: 'real files',
    files: [
      {
        name: 'music (library and uploads)/music library songs.csv',
        path: /\.csv$/,
        check: csv([['Video ID', id], ['Song Title'], ['Album Title'], ['Artist Name 1'], ['Artist Name 2']]),
      },
      { name: 'music (library and uploads)/*.mp3', path: /\.mp3$/, check: media },
    ],
  },
  sheet(
    'conversations',
    'conversations/conversations.csv',
    marked(csv([['Message Create Timestamp (UTC)', offsetForm], ['Message Text']])),
    'in part invented',
  ),
  invented(
    'posts',
    'posts/posts.csv',
    ['Post ID'],
    ['Channel ID'],
    ['Post Create Timestamp', offsetForm],
    ['Post Text'],
  ),
  invented(
    'clips',
    'clips/clips.csv',
    ['Clip ID'],
    ['Video ID'],
    ['Clip Create Timestamp', offsetForm],
    ['Clip Title'],
  ),
  invented('shopping', 'shopping/wishlist.csv', ['Item Title'], ['Item Add Timestamp', offsetForm]),
  invented('playable', 'playables/playables.csv', ['Game Title'], ['Last Save Timestamp', offsetForm], ['Save Data']),
];
