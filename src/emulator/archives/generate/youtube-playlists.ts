/** Playlists as in real files of 2024; the page names them without a table (docs/google-api.md §A6). */
import { csvFile, type ServiceFolder } from './produce';
import { formOf } from './subject-form';
import { happenings, type Happening, type Subject } from './subject';
import { isoOffset } from './times';

type Files = ServiceFolder['files'];

const columns = [
  'Playlist ID',
  'Add new videos to top',
  'Playlist image 1 Create timestamp',
  'Playlist image 1 URL',
  'Playlist image 1 Height',
  'Playlist image 1 Width',
  'Playlist title (original)',
  'Playlist title (original) language',
  'Playlist create timestamp',
  'Playlist update timestamp',
  'Playlist video order',
  'Playlist visibility',
];

/** Another form of the same sheet: capitals, a description, no pictures. */
const otherColumns = [
  'Playlist ID',
  'Add New Videos to Top',
  'Playlist Description (Original)',
  'Playlist Title (Original)',
  'Playlist Title (Original) Language',
  'Playlist Create Timestamp',
  'Playlist Update Timestamp',
  'Playlist Video Order',
  'Playlist Visibility',
];

const itemColumns = ['Video ID', 'Playlist Video Creation Timestamp'];

interface Playlist extends Happening {
  title: string;
  items: (readonly [id: string, addedAt: number])[];
}

function row(subject: Subject, { at, chance, title, items }: Playlist, visibility: string): Record<string, string> {
  const isTop = chance.happens(0.3) ? 'True' : 'False';
  const picture = chance.happens(0.3)
    ? {
        'playlist image 1 create timestamp': isoOffset(at),
        'playlist image 1 url': `https://i.ytimg.com/pl/${chance.letters(12)}`,
        'playlist image 1 height': '720',
        'playlist image 1 width': '1280',
      }
    : {};
  return {
    'playlist id': `PL${chance.hex(32)}`,
    'add new videos to top': isTop,
    ...picture,
    'playlist title (original)': title,
    'playlist title (original) language': chance.happens(0.5) ? subject.account.locale : '',
    'playlist create timestamp': isoOffset(at),
    'playlist update timestamp': isoOffset(items.at(-1)?.[1] ?? at),
    'playlist video order': 'Manual',
    'playlist visibility': visibility,
  };
}

/** The sheet of playlists, and a sheet of videos for each; the liked ones have a file without the ending. */
export function playlists(subject: Subject, visibility: string): Files {
  const { words } = subject;
  const folder = words.files.playlists;
  const lists = happenings(subject, subject.resource, [0, 1])
    .slice(0, 5)
    .map(({ at, chance }) => ({
      at,
      chance,
      title: `${chance.pick(words.topics)} ${chance.letters(3)}`.replaceAll(/["/]/g, ''),
      items: Array.from(
        { length: chance.between(1, 6) },
        (_, number) => [chance.letters(11), at + number * 1000] as const,
      ),
    }));
  if (lists.length === 0) return [];
  const own = formOf(subject, 'playlists', ['small', 'capitals']) === 'small' ? columns : otherColumns;
  const rows = lists.map((list) => {
    const cells = row(subject, list, visibility);
    return own.map((column) => cells[column.toLowerCase()] ?? '');
  });
  const videos = (name: string, { items }: Playlist) =>
    csvFile(
      subject,
      `${folder}/${name}.csv`,
      itemColumns,
      items.map(([id, addedAt]) => [id, isoOffset(addedAt)]),
    );
  return [
    csvFile(subject, `${folder}/${folder}.csv`, own, rows),
    ...lists.map((list) => videos(`${list.title}-videos`, list)),
    ...(visibility === 'Private' ? lists.slice(0, 1).map((list) => videos('Liked videos', list)) : []),
  ];
}
