/** YouTube's media: videos with their sheets, by the page `youtube`, and music (docs/google-api.md §A6). */
import { mediaFile } from './media-file';
import { csvFile, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { formOf } from './subject-form';
import { chanceOf, happenings, type Subject } from './subject';
import { isoOffset } from './times';

type Files = ServiceFolder['files'];

/** Names of the page; those of the two languages and of the thumbnail are translated back from copies of it. */
const videoColumns = [
  'Video ID',
  'Approx Duration (ms)',
  'Video Audio Language',
  'Video Category',
  'Video Description (Original)',
  'Video Description (Original) Language',
  'Channel ID',
  'Tag 1',
  'Tag 2',
  'Video Title (Original)',
  'Video Title (Original) Language',
  'Thumbnail URL',
  'Privacy',
  'Video State',
  'Video Create Timestamp',
  'Video Publish Timestamp',
];

interface Upload {
  number: number;
  chance: Chance;
  id: string;
  title: string;
  createdAt: number;
}

function videoRow(subject: Subject, { chance, id, title, createdAt }: Upload, privacy: string): (string | number)[] {
  const { locale } = subject.account;
  const description = chance.happens(0.5) ? chance.pick(subject.words.topics) : '';
  return [
    id,
    chance.between(10_000, 900_000),
    locale,
    chance.pick(['Unspecified Category', 'Film']),
    description,
    description === '' ? '' : locale,
    `UC${chanceOf(subject, 'own channel').letters(22)}`,
    chance.happens(0.5) ? chance.pick(subject.words.topics) : '',
    '',
    title,
    locale,
    chance.happens(0.5) ? `https://i.ytimg.com/vi/${id}/hqdefault.jpg` : '',
    privacy,
    chance.pick(['Uploaded', 'Processed']),
    isoOffset(createdAt),
    isoOffset(createdAt + 60_000),
  ];
}

/**
 * The sheet that follows on the page, of people with stickers; neither its name nor its last columns were available.
 */
function interactions(subject: Subject, uploads: readonly Upload[]): Files {
  if (formOf(subject, 'stickers', ['none', 'none', 'some']) === 'none') return [];
  const rows = uploads
    .filter(({ number }) => number % 2 === 0)
    .map(({ chance, id, createdAt }) => [id, isoOffset(createdAt), chance.pick(['CHANNEL_MENTION', 'VIDEO_LINK'])]);
  const columns = ['Video Interaction ID', 'Created Time', 'Interaction Type'];
  return [csvFile(subject, 'video metadata/video interactions.csv', columns, rows)];
}

/** Sheets and media. File names are titles without ids, cut and cleaned, so that two may collide in meaning. */
export function videos(subject: Subject, privacy: string): Files {
  const { account, settings, words, resource } = subject;
  const startAt = subject.calendar.startOf(account.activeSinceDay);
  const uploads = Array.from({ length: settings.mediaFiles }, (_, number) => {
    const chance = chanceOf(subject, resource, 'upload', number);
    const title = `${chance.pick(words.topics)} ${number + 1}`;
    return { number, chance, title, id: chance.letters(11), createdAt: startAt + number * 60_000 };
  });
  if (uploads.length === 0) return [];
  const rows = uploads.map((upload) => videoRow(subject, upload, privacy));
  return [
    csvFile(subject, 'video metadata/videos.csv', videoColumns, rows),
    ...interactions(subject, uploads),
    ...uploads.map(({ title, number }) =>
      mediaFile(subject, `videos/${title.replaceAll(/[^\p{L}\p{N} ]/gu, '_').slice(0, 47)}.mp4`, 'mp4', number),
    ),
  ];
}

/** As in real files; the page's summary lists CSV and audio. */
export function music(subject: Subject): Files {
  const { settings, words } = subject;
  const folder = 'music (library and uploads)';
  const columns = ['Video ID', 'Song Title', 'Album Title', 'Artist Name 1', 'Artist Name 2'];
  const rows = happenings(subject, subject.resource, [0, 1]).map(({ chance }) => [
    chance.letters(11),
    chance.pick(words.topics),
    chance.pick(words.topics),
    'Example Band',
    '',
  ]);
  if (rows.length === 0) return [];
  const uploads = Array.from({ length: settings.mediaFiles }, (_, number) =>
    mediaFile(subject, `${folder}/upload ${number + 1}.mp3`, 'mp3', number),
  );
  return [csvFile(subject, `${folder}/music library songs.csv`, columns, rows), ...uploads];
}
