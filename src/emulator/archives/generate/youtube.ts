/** YouTube's files (docs/google-api.md §A6). */
import { smallMediaFile } from './media-file';
import { csvFile, type Producer, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { chanceOf, happenings, type Subject } from './subject';
import { isoOffset } from './times';
import { undocumented } from './undocumented';
import { comments, liveChats } from './youtube-comments';
import { music, videos } from './youtube-media';
import { playlists } from './youtube-playlists';

type Files = ServiceFolder['files'];

/** A sheet of events; none when there are no events. */
function sheet(
  subject: Subject,
  path: string,
  columns: readonly string[],
  row: (at: number, chance: Chance) => (string | number)[],
): Files {
  const rows = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => row(at, chance));
  return rows.length === 0 ? [] : [csvFile(subject, path, columns, rows)];
}

function subscriptions(subject: Subject): Files {
  const { words } = subject;
  const columns = ['Channel Id', 'Channel Url', 'Channel Title'];
  const file = `${words.files.subscriptions}/${words.files.subscriptions}.csv`;
  return sheet(subject, file, columns, (_at, chance) => {
    const id = `UC${chance.letters(22)}`;
    return [id, `http://www.youtube.com/channel/${id}`, chance.pick(words.topics)];
  });
}

const ownChannel = (subject: Subject) => `UC${chanceOf(subject, 'own channel').letters(22)}`;

/** The page's summary lists CSV and JPEG; the name of the picture is a guess. */
function channel(subject: Subject): Files {
  const { words, account, settings } = subject;
  const columns = ['Channel ID', 'Channel Title (Original)', 'Channel Visibility'];
  const rows = [[ownChannel(subject), account.name, 'Public']];
  const sheetFile = csvFile(subject, `${words.files.channels}/${words.files.channel}.csv`, columns, rows);
  const picture = smallMediaFile(subject, `${words.files.channels}/banner.jpg`, 'jpg', 'banner');
  return settings.mediaFiles === 0 ? [sheetFile] : [sheetFile, picture];
}

/** Sheets of which the page's summary gives only CSV, and times of some: all columns but one are invented. */
const invented: Record<string, (subject: Subject) => Files> = {
  // The page names the first column.
  'youtube.conversations': (subject) =>
    sheet(
      subject,
      'conversations/conversations.csv',
      ['Message Create Timestamp (UTC)', 'Message Text'],
      (at, chance) => [isoOffset(at), undocumented(chance.pick(subject.words.topics))],
    ),
  'youtube.posts': (subject) =>
    sheet(subject, 'posts/posts.csv', ['Post ID', 'Channel ID', 'Post Create Timestamp', 'Post Text'], (at, chance) => [
      `Ugk${chance.letters(33)}`,
      ownChannel(subject),
      isoOffset(at),
      JSON.stringify({ text: undocumented(chance.pick(subject.words.topics)) }),
    ]),
  'youtube.clips': (subject) =>
    sheet(subject, 'clips/clips.csv', ['Clip ID', 'Video ID', 'Clip Create Timestamp', 'Clip Title'], (at, chance) => [
      `Ugkx${chance.letters(32)}`,
      chance.letters(11),
      isoOffset(at),
      undocumented(chance.pick(subject.words.topics)),
    ]),
  'youtube.shopping': (subject) =>
    sheet(subject, 'shopping/wishlist.csv', ['Item Title', 'Item Add Timestamp'], (at, chance) => [
      undocumented(chance.pick(subject.words.topics)),
      isoOffset(at),
    ]),
  'youtube.playable': (subject) =>
    sheet(subject, 'playables/playables.csv', ['Game Title', 'Last Save Timestamp', 'Save Data'], (at, chance) => [
      undocumented(chance.pick(subject.words.topics)),
      isoOffset(at),
      chance.letters(24),
    ]),
};

const makers: Record<string, (subject: Subject) => Files> = {
  ...invented,
  'youtube.subscriptions': subscriptions,
  'youtube.comments': comments,
  'youtube.live_chat': liveChats,
  'youtube.channel': channel,
  'youtube.public_playlists': (subject) => playlists(subject, 'Public'),
  'youtube.private_playlists': (subject) => playlists(subject, 'Private'),
  'youtube.unlisted_playlists': (subject) => playlists(subject, 'Unlisted'),
  'youtube.public_videos': (subject) => videos(subject, 'Public'),
  'youtube.private_videos': (subject) => videos(subject, 'Private'),
  'youtube.unlisted_videos': (subject) => videos(subject, 'Unlisted'),
  'youtube.music': music,
};

export const youtube: Producer = (subject) => ({
  service: 'YOUTUBE',
  folder: subject.words.folders.youtube,
  files: makers[subject.resource]?.(subject) ?? [],
});
