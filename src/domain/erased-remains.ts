/** The remains of deleted secrets in a database. */

/**
 * In the write-ahead log: nothing; something that later log entries overwrite; or something that the database's user
 * may not change.
 */
export type LogRemains = 'none' | 'some' | 'not_permitted';
