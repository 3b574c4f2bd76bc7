/** The list of the objects that a reading stored: with it, a missing object is noticed. */
import { createHash } from 'node:crypto';

import type { ObjectStore } from './stored-bytes';

/** An object as it was stored, before it was sealed. */
export interface StoredObject {
  /** Its key without the folder, such as `lines/000001`. */
  readonly name: string;
  /** Length in bytes. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface IndexedStore extends ObjectStore {
  /** The number of objects in a folder. */
  count(folder: string): number;
  /** Stores the list of the objects in a folder; none that the list should name is stored there afterwards. */
  writeIndex(folder: string): Promise<void>;
}

const indexKey = (folder: string) => `${folder}/objects`;

/** A store that remembers the objects that were put into it and not deleted again. */
export function createIndexedStore(store: ObjectStore): IndexedStore {
  const stored = new Map<string, Omit<StoredObject, 'name'>>();
  const below = (folder: string) => [...stored].filter(([key]) => key.startsWith(`${folder}/`));
  return {
    ...store,
    put: async (key, bytes) => {
      const facts = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      await store.put(key, bytes);
      stored.set(key, facts);
    },
    delete: async (key) => {
      await store.delete(key);
      stored.delete(key);
    },
    count: (folder) => below(folder).length,
    writeIndex: async (folder) => {
      const objects = below(folder)
        .map(([key, facts]): StoredObject => ({ name: key.slice(folder.length + 1), ...facts }))
        .toSorted((one, other) => (one.name < other.name ? -1 : 1));
      await store.put(indexKey(folder), Buffer.from(JSON.stringify(objects)));
    },
  };
}

/** @throws PortageError `RECORDS_MISSING` when the list is gone, was changed or moved; what the store throws */
export async function readIndex(store: ObjectStore, folder: string): Promise<readonly StoredObject[]> {
  return JSON.parse((await store.get(indexKey(folder))).toString('utf8')) as StoredObject[];
}
