/** The input and output of a command: the terminal of its own process, or of the process that sent the command. */
import type { Readable, Writable } from 'node:stream';

export interface CommandTerminal {
  /** The result of the command (standard output). */
  readonly out: Writable;
  /** Messages that are not part of the result (standard error). */
  readonly remarks: Writable;
  /** The width of `out` in characters; undefined when `out` is no terminal. */
  readonly width: number | undefined;
  /** The input with answers to questions; undefined when there is no terminal. */
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
