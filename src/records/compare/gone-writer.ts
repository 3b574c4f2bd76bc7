/** The keys that an export lacks and that were known before. */
import { gzipSync } from 'node:zlib';

import { numbered, type ObjectStore } from '../store/stored-bytes';
import { keyText, occurrenceWord } from './key-entry';

const goneLines = 50_000;

export interface GoneWriter {
  /** @param resource of the keys that are added from now on */
  begin(resource: string): void;
  add(entry: Uint32Array, isReplaced: boolean): void;
  settle(): Promise<void>;
  finish(): Promise<void>;
}

/** NDJSON of the keys that are gone; `replaced` ones have a changed record of the same identity. */
export function createGoneWriter(store: ObjectStore, folder: string): GoneWriter {
  let lines: string[] = [];
  let currentResource = '';
  let objects = 0;
  const full: string[][] = [];
  const settle = async () => {
    for (const text of full.splice(0)) {
      objects += 1;
      await store.put(numbered(`${folder}/gone`, objects), gzipSync(text.join(''), { level: 1 }));
    }
  };
  return {
    begin: (resource) => {
      currentResource = resource;
    },
    add: (entry, isReplaced) => {
      const hex = Buffer.from(entry.buffer, entry.byteOffset + 16, 16).toString('hex');
      const key = keyText(hex, entry[occurrenceWord] as number);
      lines.push(`${JSON.stringify({ key, resource: currentResource, replaced: isReplaced })}\n`);
      if (lines.length < goneLines) return;
      full.push(lines);
      lines = [];
    },
    settle,
    finish: async () => {
      if (lines.length > 0) full.push(lines);
      await settle();
    },
  };
}
