/** Where a command writes and whom it can ask: the terminal of its own process, or that of a process that it works for. */
import type { Readable, Writable } from 'node:stream';

export interface CommandTerminal {
  /** What was asked for. */
  readonly out: Writable;
  /** Remarks beside it. */
  readonly remarks: Writable;
  /** Of `out` in characters; undefined where it is no terminal. */
  readonly width: number | undefined;
  /** Where answers to questions come from; undefined where nobody could give one. */
  readonly answers: Readable | undefined;
}

export function processTerminal(): CommandTerminal {
  const { stdin, stdout, stderr } = process;
  return {
    out: stdout,
    remarks: stderr,
    width: stdout.isTTY ? stdout.columns : undefined,
    answers: stdin.isTTY && stderr.isTTY ? stdin : undefined,
  };
}
