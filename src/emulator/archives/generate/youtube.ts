/** YouTube's files (docs/google-api.md §A6). */
import { csvFile, type Producer, type ServiceFolder } from './produce';
import { chanceOf, happenings, type Subject } from './subject';
import { music, videos } from './youtube-media';

type Files = ServiceFolder['files'];

const iso = (at: number) => new Date(at).toISOString();

/** A sheet of what happened, none when nothing did. */
function sheet(
  subject: Subject,
  path: string,
  columns: readonly string[],
  perDay: readonly [number, number],
  row: (at: number, chance: ReturnType<typeof chanceOf>) => (string | number)[],
): Files {
  const rows = happenings(subject, subject.resource, perDay).map(({ at, chance }) => row(at, chance));
  return rows.length === 0 ? [] : [csvFile(subject, path, columns, rows)];
}

function subscriptions(subject: Subject): Files {
  const { words } = subject;
  const columns = ['Channel Id', 'Channel Url', 'Channel Title'];
  const file = `${words.files.subscriptions}/${words.files.subscriptions}.csv`;
  return sheet(subject, file, columns, [0, 1], (_at, chance) => {
    const id = `UC${chance.letters(22)}`;
    return [id, `http://www.youtube.com/channel/${id}`, chance.pick(words.topics)];
  });
}

const commentColumns = [
  'Comment ID',
  'Channel ID',
  'Comment Create Timestamp',
  'Price',
  'Parent Comment ID',
  'Post ID',
  'Video ID',
  'Comment Text',
  'Top-Level Comment ID',
];
/** The text column holds JSON in a newer form from that day on, in an older one before. */
const newCommentTextSince = Date.parse('2024-06-01T00:00:00Z');

function comments(subject: Subject, path: string): Files {
  const channel = `UC${chanceOf(subject, 'own channel').letters(22)}`;
  return sheet(subject, path, commentColumns, [0, 2], (at, chance) => {
    const text = chance.happens(0.2)
      ? `${chance.pick(subject.words.topics)}\nand more`
      : chance.pick(subject.words.topics);
    const parent = chance.happens(0.3) ? `Ug${chance.letters(22)}` : '';
    const segment = { text };
    const written = at < newCommentTextSince ? { takeoutSegments: [segment] } : segment;
    const id = `Ug${chance.letters(22)}`;
    return [id, channel, iso(at), 0, parent, '', chance.letters(11), JSON.stringify(written), parent];
  });
}

function playlists(subject: Subject, visibility: string): Files {
  const { words } = subject;
  const folder = words.files.playlists;
  const lists = happenings(subject, subject.resource, [0, 1]).slice(0, 5);
  if (lists.length === 0) return [];
  const names = lists.map(({ chance }) => `${chance.pick(words.topics)} ${chance.letters(3)}`.replaceAll(/["/]/g, ''));
  const columns = ['Playlist ID', 'Playlist Title (Original)', 'Playlist Visibility', 'Playlist Create Timestamp'];
  const rows = lists.map(({ at, chance }, index) => [`PL${chance.hex(32)}`, names[index] ?? '', visibility, iso(at)]);
  return [
    csvFile(subject, `${folder}/${folder}.csv`, columns, rows),
    ...lists.map(({ at, chance }, index) => {
      const videos = Array.from({ length: chance.between(1, 6) }, (_, number) => [
        chance.letters(11),
        iso(at + number * 1000),
      ]);
      return csvFile(
        subject,
        `${folder}/${names[index] ?? ''}-videos.csv`,
        ['Video ID', 'Playlist Video Creation Timestamp'],
        videos,
      );
    }),
  ];
}

function channel(subject: Subject): Files {
  const { words, account } = subject;
  const id = `UC${chanceOf(subject, 'own channel').letters(22)}`;
  const columns = ['Channel ID', 'Channel Country', 'Channel Title (Original)', 'Channel Visibility'];
  const rows = [[id, account.accountCountry, account.name, 'Public']];
  return [csvFile(subject, `${words.files.channel}/${words.files.channel}.csv`, columns, rows)];
}

const makers: Record<string, (subject: Subject) => Files> = {
  'youtube.subscriptions': subscriptions,
  'youtube.comments': (subject) =>
    comments(subject, `${subject.words.files.comments}/${subject.words.files.comments}.csv`),
  'youtube.live_chat': (subject) => comments(subject, 'live chats/live chats.csv'),
  'youtube.channel': channel,
  'youtube.public_playlists': (subject) => playlists(subject, 'Public'),
  'youtube.private_playlists': (subject) => playlists(subject, 'Private'),
  'youtube.unlisted_playlists': (subject) => playlists(subject, 'Unlisted'),
  'youtube.public_videos': (subject) => videos(subject, 'Public'),
  'youtube.private_videos': (subject) => videos(subject, 'Private'),
  'youtube.unlisted_videos': (subject) => videos(subject, 'Unlisted'),
  'youtube.music': music,
  'youtube.conversations': (subject) =>
    sheet(
      subject,
      'conversations/conversations.csv',
      ['Message Create Timestamp (UTC)', 'Message Text'],
      [0, 1],
      (at, chance) => [iso(at), chance.pick(subject.words.topics)],
    ),
  'youtube.posts': (subject) =>
    sheet(
      subject,
      'posts/posts.csv',
      ['Post ID', 'Channel ID', 'Post Create Timestamp', 'Post Text'],
      [0, 1],
      (at, chance) => [
        `Ugk${chance.letters(33)}`,
        `UC${chanceOf(subject, 'own channel').letters(22)}`,
        iso(at),
        JSON.stringify({ text: chance.pick(subject.words.topics) }),
      ],
    ),
  'youtube.clips': (subject) =>
    sheet(
      subject,
      'clips/clips.csv',
      ['Clip ID', 'Video ID', 'Clip Create Timestamp', 'Clip Title'],
      [0, 1],
      (at, chance) => [`Ugkx${chance.letters(32)}`, chance.letters(11), iso(at), chance.pick(subject.words.topics)],
    ),
  'youtube.shopping': (subject) =>
    sheet(subject, 'shopping/wishlist.csv', ['Item Title', 'Item Add Timestamp'], [0, 1], (at, chance) => [
      chance.pick(subject.words.topics),
      iso(at),
    ]),
  'youtube.playable': (subject) =>
    sheet(
      subject,
      'playables/playables.csv',
      ['Game Title', 'Last Save Timestamp', 'Save Data'],
      [0, 1],
      (at, chance) => [chance.pick(subject.words.topics), iso(at), chance.letters(24)],
    ),
};

export const youtube: Producer = (subject) => ({
  service: 'YOUTUBE',
  folder: subject.words.folders.youtube,
  files: makers[subject.resource]?.(subject) ?? [],
});
