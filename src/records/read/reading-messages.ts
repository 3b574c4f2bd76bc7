/** The messages between the reading thread and the thread that holds storage. */
import type { ReadOptions, ReadProgress } from './read-records';
import type { Summary } from '../deliver/summary';

export interface ReadingOrder {
  readonly options: ReadOptions;
  readonly parts: readonly { readonly number: number; readonly bytes: number }[];
}

/** A request of the reading thread; every one is answered under its id. */
export type StorageRequest =
  | { readonly op: 'open'; readonly part: number; readonly start: number; readonly end: number }
  | { readonly op: 'next'; readonly stream: number }
  | { readonly op: 'close'; readonly stream: number }
  | { readonly op: 'put'; readonly key: string; readonly bytes: Uint8Array }
  | { readonly op: 'get'; readonly key: string }
  | { readonly op: 'list'; readonly prefix: string }
  | { readonly op: 'delete'; readonly key: string };

export type FromReader =
  | { readonly id: number; readonly request: StorageRequest }
  | { readonly progress: ReadProgress }
  | { readonly summary: Summary };

/** `failed`: the other thread keeps the error, and throws it once reading has ended because of it. */
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly failed?: true;
}
