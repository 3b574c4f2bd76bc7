/** Discover: follows and unwanted topics of the person, by the page `discover` (docs/google-api.md §A9). */
import { csvFile, type Producer } from './produce';
import { happenings } from './subject';
import { iso } from './times';
import { undocumented } from './undocumented';

/** The page describes no object for likes, not even a format; the group holds links to documents. */
const likes: Producer = (subject) => {
  const rows = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => [
    undocumented(chance.pick(subject.words.topics)),
    `https://news.example.org/${chance.letters(6)}`,
    iso(at),
  ]);
  const files = rows.length === 0 ? [] : [csvFile(subject, 'Your likes.csv', ['Title', 'URL', 'Time'], rows)];
  return { service: 'DISCOVER', folder: subject.words.folders.discover, files };
};

export const discover: Producer = (subject) => {
  const { resource, words } = subject;
  if (resource === 'discover.likes') return likes(subject);
  const settings = happenings(subject, resource, [0, 1]);
  const file =
    resource === 'discover.follows'
      ? csvFile(
          subject,
          'Your follows.csv',
          ['followed_entity'],
          settings.map(({ chance }) => [chance.pick([...words.topics, 'news.example.org', 'wiki.example.edu'])]),
        )
      : csvFile(
          subject,
          'Not interested settings.csv',
          ['entity_name', 'setting_value'],
          settings.map(({ chance }) => [
            chance.pick(words.topics),
            chance.pick(['not_interested', 'blocked', 'not_preferred']),
          ]),
        );
  return { service: 'DISCOVER', folder: words.folders.discover, files: settings.length === 0 ? [] : [file] };
};
