/** Names and sentences by language: what Google's export localises (docs/google-api.md §A3). */
import type { Account } from '../../state';
import { dutch } from './words-dutch';
import { english } from './words-english';
import { german } from './words-german';
import { japanese } from './words-japanese';

export interface Words {
  folders: Record<FolderKey, string>;
  files: Record<FileKey, string>;
  products: Record<ProductKey, string>;
  /** Sentences of My Activity around the searched, watched or visited thing. */
  sentences: Record<SentenceKey, (thing: string) => string>;
  controls: { webAndApp: string; youtube: string };
  fromAds: string;
  area: string;
  /** Column names as this language writes them, by the English ones. Missing: English. */
  columns: Record<string, string>;
  /** Things a person searches for and watches. */
  topics: readonly string[];
}

export type FolderKey =
  | 'myActivity'
  | 'chrome'
  | 'youtube'
  | 'maps'
  | 'mapsContributions'
  | 'play'
  | 'saved'
  | 'discover'
  | 'search'
  | 'other';

export type FileKey =
  | 'activity'
  | 'history'
  | 'bookmarks'
  | 'readingList'
  | 'dictionary'
  | 'extensions'
  | 'settings'
  | 'autofill'
  | 'subscriptions'
  | 'comments'
  | 'channel'
  | 'playlists'
  | 'savedPlaces'
  | 'labeledPlaces'
  | 'reviews'
  | 'installs'
  | 'library'
  | 'purchases';

export type ProductKey =
  | 'search'
  | 'imageSearch'
  | 'videoSearch'
  | 'discover'
  | 'lens'
  | 'maps'
  | 'playStore'
  | 'playGames'
  | 'shopping'
  | 'youtube'
  | 'adCenter';

export type SentenceKey = 'searched' | 'visited' | 'watched' | 'viewed' | 'directions' | 'used' | 'liked';

const languages: Record<Account['locale'], Words> = { en: english, de: german, nl: dutch, ja: japanese };

export function wordsFor(locale: Account['locale']): Words {
  return languages[locale];
}
