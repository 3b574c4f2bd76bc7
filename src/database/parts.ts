/**
 * Parts and their stored segments: enough for any worker to continue where another one stopped. The statements are in
 * the folder `parts`, by purpose.
 */
import type { Database } from './database';
import { contentQueries } from './parts/content';
import { exportPartQueries } from './parts/export-parts';
import { segmentQueries } from './parts/segments';

export { isStored, type KnownPart, type ObjectFacts, type StoredPart } from './parts/part';
export type { Progress } from './parts/export-parts';
export type { Part, Segment } from './rows';
export type PartStore = ReturnType<typeof createPartStore>;

export function createPartStore(db: Database) {
  return { ...exportPartQueries(db), ...contentQueries(db), ...segmentQueries(db) };
}
