/** Contributions to Search: JSON with readable keys (docs/google-api.md §A9). */
import { instantOf } from '../formats/instant';
import { isObject, type JsonObject } from '../formats/json';
import type { KindName } from '../kinds';
import { readEntries, sampledObjects, textOf } from '../read/read-entries';
import type { Reader } from '../read/reader';

/** @param own key of an entry or name of a file, where the archive holds contributions of other kinds too */
function contributionReader(resource: string, kind: KindName, own: RegExp): Reader {
  return {
    resources: [resource],
    services: ['SEARCH_CONTRIBUTIONS'],
    kinds: [kind],
    format: 'json',
    accepts: (sample, { path, isShared }) => {
      const entries = sampledObjects(sample);
      const isOwn = () =>
        own.test(path) || entries.some(({ entry }) => Object.keys(entry).some((key) => own.test(key)));
      return entries.length > 0 && (!isShared || isOwn());
    },
    read: (member, out) =>
      readEntries(member, out, {
        depth: 0,
        entry: (entry, index) => {
          const value = entry.value();
          if (isObject(value)) {
            const stars = starsIn(textOf(value['Review Star Rating']) ?? '');
            const volatile = stars === undefined ? undefined : { stars };
            out.record({ kind, index, occurredAt: timeOf(value), data: value, volatile });
          } else out.problem('unexpected_entry', { index });
        },
      }),
  };
}

const starWords = ['one', 'two', 'three', 'four', 'five'];

/** Stars are written in words; files from before had a digit. */
function starsIn(rating: string): number | undefined {
  const [word = ''] = /^\w+(?= stars?$)/i.exec(rating.trim()) ?? [];
  const number = /^[1-5]$/.test(word) ? Number(word) : starWords.indexOf(word.toLowerCase()) + 1;
  return number > 0 ? number : undefined;
}

/** Keys may be in the account's language, so in addition to the known ones the first value that is a time counts. */
function timeOf(entry: JsonObject): string | undefined {
  for (const value of [entry['Published'], entry['Updated'], ...Object.values(entry)]) {
    const at = instantOf(textOf(value) ?? '');
    if (at !== undefined) return at;
  }
  return undefined;
}

export const searchComments = contributionReader('search_ugc.comments', 'search_comment', /^comments/i);
export const searchReviews = contributionReader('search_ugc.media.reviews_and_stars', 'search_review', /^review/i);
export const searchProviders = contributionReader(
  'search_ugc.media.streaming_video_providers',
  'streaming_provider',
  /providers/i,
);
export const searchThumbs = contributionReader('search_ugc.media.thumbs', 'search_thumb', /^thumbs/i);
export const searchWatched = contributionReader('search_ugc.media.watched', 'watched_title', /^watched/i);
