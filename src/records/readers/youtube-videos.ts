/** Uploaded videos: the sheet with their facts, each with the media that bears its title (docs/google-api.md §A6). */
import type { Json } from '../formats/json';
import { videoColumns } from '../kinds/youtube';
import { textOf } from '../read/read-entries';
import { readTable, timeOfRow } from '../read/read-rows';
import { baseName, type Reader, type Sibling } from '../read/reader';
import { layoutOf, type Table } from '../read/table-layout';

export const videoResources = ['youtube.public_videos', 'youtube.private_videos', 'youtube.unlisted_videos'];

export const videoTable: Table = {
  kind: 'video',
  columns: videoColumns,
  marks: ['videoId', 'videoTitle'],
};

const timeFields = ['videoCreateTimestamp'] as const;

export const youtubeVideos: Reader = {
  resources: videoResources,
  services: ['YOUTUBE'],
  kinds: ['video'],
  format: 'text',
  accepts: (sample) => layoutOf(sample.rows, videoTable) !== undefined,
  read: (member, out) => {
    const mediaOf = mediaByTitle(member.siblings);
    return readTable(member, out, videoTable, (data, index) => {
      const time = timeOfRow(data, timeFields, member.locale);
      const media = mediaOf(textOf(data['videoTitle']) ?? '');
      out.record({
        ...{ kind: 'video', index, ...time, data, identity: textOf(data['videoId']) },
        volatile: media === undefined ? undefined : { media },
      });
    });
  },
};

/** Letters and digits of a name: exports replace the other characters. */
const plain = (name: string) =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
/** Files of one title are numbered. */
const withoutNumber = (name: string) => name.replace(/\s*\(\d+\)$/, '');

/**
 * Files whose names begin alike and that are looked at for a title: with more of them, the title is ambiguous anyway.
 */
const mostAlike = 64;

/** Titles are cut in names of files; a shorter beginning in common means nothing. */
const shortestCut = 24;

function mediaByTitle(siblings: readonly Sibling[]): (title: string) => Json | undefined {
  const byStart = new Map<string, { name: string; file: Sibling }[]>();
  for (const file of siblings) {
    if (/\.(csv|json|html|txt)$/i.test(file.path)) continue;
    const name = plain(withoutNumber(baseName(file.path)));
    const start = name.slice(0, shortestCut);
    const others = byStart.get(start);
    if (others === undefined) byStart.set(start, [{ name, file }]);
    else if (others.length < mostAlike) others.push({ name, file });
  }
  return (title) => {
    const wanted = plain(title);
    const matches = (byStart.get(wanted.slice(0, shortestCut)) ?? []).filter(
      ({ name }) => name !== '' && (name === wanted || (name.length >= shortestCut && wanted.startsWith(name))),
    );
    if (matches.length === 0) return undefined;
    const files = matches.map(({ file: { part, entry, bytes } }) => ({ part, entry, bytes }));
    return { files, ambiguous: files.length > 1 };
  };
}
