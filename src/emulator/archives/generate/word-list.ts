/** The names that each language needs: folders, files, products, sentences and columns. */
export interface Words {
  folders: Record<FolderKey, string>;
  files: Record<FileKey, string>;
  products: Record<ProductKey, string>;
  /** Sentences of My Activity around the searched, watched or visited thing. */
  sentences: Record<SentenceKey, (thing: string) => string>;
  controls: { webAndApp: string; youtube: string };
  fromAds: string;
  area: string;
  /** Column names in this language, by the English ones. Missing: English. */
  columns: Record<string, string>;
  /** Things a person searches for and watches. */
  topics: readonly string[];
}

export type FolderKey =
  'myActivity' | 'chrome' | 'youtube' | 'maps' | 'mapsContributions' | 'play' | 'saved' | 'discover' | 'search';

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
  | 'channels'
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
  | 'adCenter'
  | 'ads';

export type SentenceKey =
  | 'searched'
  | 'visited'
  | 'watched'
  | 'subscribed'
  | 'viewed'
  | 'directions'
  | 'used'
  | 'liked'
  | 'installed'
  | 'read'
  | 'moreAds'
  | 'fewerAds'
  | 'blocked';
