/** Keeps the state: in memory, and in one file replaced atomically after every change when a file is named. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { State } from './state';

export interface StateStore {
  /** The current state; code that changes it calls `changed()`. */
  readonly state: State;
  changed(): void;
  /** Writes the state if it changed since the last write. Called before an answer leaves, so that no effect is lost. */
  flush(): void;
  replace(state: State): void;
}

/**
 * Opens the store: the state of `stateFile` if that file exists, else `fresh()`.
 * Throws with the path and a remedy when the file cannot be read as a state.
 */
export function openStateStore(stateFile: string | undefined, fresh: () => State): StateStore {
  let state = (stateFile === undefined ? undefined : load(stateFile)) ?? fresh();
  let dirty = true;
  const flush = () => {
    if (!dirty) return;
    dirty = false;
    if (stateFile === undefined) return;
    mkdirSync(dirname(stateFile), { recursive: true });
    const written = `${stateFile}.new`;
    writeFileSync(written, JSON.stringify(state), { mode: 0o600 });
    renameSync(written, stateFile);
  };
  flush();
  return {
    get state() {
      return state;
    },
    changed: () => {
      dirty = true;
    },
    flush,
    replace: (next) => {
      state = next;
      dirty = true;
      flush();
    },
  };
}

function load(stateFile: string): State | undefined {
  if (!existsSync(stateFile)) return undefined;
  const remedy = 'Delete the file to start the emulator afresh.';
  try {
    const state = JSON.parse(readFileSync(stateFile, 'utf8')) as State;
    if ((state as { version: unknown }).version !== 1) throw new Error('it was written by another version');
    return state;
  } catch (cause) {
    throw new Error(`The emulator's state file ${stateFile} cannot be read. ${remedy}`, { cause });
  }
}
