/** YouTube's media: videos with their sheet, and music (docs/google-api.md §A6). */
import { mediaContent } from '../media';
import { csvFile, type ServiceFolder } from './produce';
import { chanceOf, happenings, type Subject } from './subject';

type Files = ServiceFolder['files'];

const iso = (at: number) => new Date(at).toISOString();

const videoColumns = [
  'Video ID',
  'Approx Duration (ms)',
  'Video Audio Language',
  'Video Category',
  'Video Description (Original)',
  'Channel ID',
  'Tag 1',
  'Tag 2',
  'Video Title (Original)',
  'Privacy',
  'Video State',
  'Video Create Timestamp',
  'Video Publish Timestamp',
];

/** Sheet and media. File names are titles without ids, cut and cleaned, so that two may collide in meaning. */
export function videos(subject: Subject, privacy: string): Files {
  const { seed, account, settings, words, resource } = subject;
  const channel = `UC${chanceOf(subject, 'own channel').letters(22)}`;
  const uploads = Array.from({ length: settings.mediaFiles }, (_, number) => {
    const chance = chanceOf(subject, resource, 'upload', number);
    return { number, chance, title: `${chance.pick(words.topics)} ${number + 1}` };
  });
  if (uploads.length === 0) return [];
  const at = subject.calendar.startOf(account.activeSinceDay);
  const rows = uploads.map(({ chance, title, number }) => {
    const created = iso(at + number * 60_000);
    const duration = chance.between(10_000, 900_000);
    return [
      chance.letters(11),
      duration,
      account.locale,
      'People',
      '',
      channel,
      '',
      '',
      title,
      privacy,
      'Processed',
      created,
      created,
    ];
  });
  return [
    csvFile(subject, 'video metadata/videos.csv', videoColumns, rows),
    ...uploads.map(({ title, number }) => ({
      path: `videos/${title.replaceAll(/[^\p{L}\p{N} ]/gu, '_').slice(0, 47)}.mp4`,
      content: mediaContent([seed, account.accountId, resource, number].join('/'), settings.mediaBytes),
    })),
  ];
}

export function music(subject: Subject): Files {
  const { seed, account, settings, words } = subject;
  const folder = 'music (library and uploads)';
  const columns = ['Video ID', 'Song Title', 'Album Title', 'Artist Name 1', 'Artist Name 2'];
  const songs = happenings(subject, subject.resource, [0, 1]).map(({ chance }) => chance);
  if (songs.length === 0) return [];
  const rows = songs.map((chance) => [
    chance.letters(11),
    chance.pick(words.topics),
    chance.pick(words.topics),
    'Example Band',
    '',
  ]);
  const uploads = Array.from({ length: settings.mediaFiles }, (_, number) => ({
    path: `${folder}/upload ${number + 1}.mp3`,
    content: mediaContent([seed, account.accountId, 'youtube.music', number].join('/'), settings.mediaBytes),
  }));
  return [csvFile(subject, `${folder}/music library songs.csv`, columns, rows), ...uploads];
}
