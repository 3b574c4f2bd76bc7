/** What a database keeps of deleted secrets. */

/** In the write-ahead log: nothing; something that later log overwrites; or what the database's user may not change. */
export type LogRemains = 'none' | 'some' | 'not_permitted';
