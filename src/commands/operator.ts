/** What operator commands work with: database and Temporal, and the terminal that they were given on. */
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

import { Client, Connection } from '@temporalio/client';

import { loadConfig } from '../config';
import { createConsentMessages } from '../consents/consent-messages';
import { createConsentProgress } from '../consents/consent-progress';
import { createTemporalCalls } from '../consents/temporal-calls';
import type { Portage } from '../portage';
import { openMigrated, type CommandContext } from './context';

export type Operator = ReturnType<typeof createOperator>;

/** @param answerWithinMs how long Temporal and a worker have for one answer; 10 seconds unless told */
export function createOperator(portage: Portage, client: Client, answerWithinMs?: number) {
  const { config, consents, now } = portage;
  const { address, taskQueue } = config.temporal;
  const calls = createTemporalCalls({ client, address, answerWithinMs });
  const { policy } = config;
  const progress = createConsentProgress(calls);
  return {
    portage,
    messages: createConsentMessages({ calls, taskQueue, policy, consents, progress, now }),
    progress,
  };
}

/**
 * Opens database and Temporal for the time of one piece of work; whether Temporal is there shows when it is asked.
 *
 * @throws ConfigError, DatabaseUnusable
 */
export async function withOperator<T>(
  { environment }: CommandContext,
  work: (operator: Operator) => Promise<T>,
): Promise<T> {
  const portage = await openMigrated(loadConfig(environment));
  const { address, namespace } = portage.config.temporal;
  const connection = Connection.lazy({ address });
  try {
    return await work(
      createOperator(portage, new Client({ connection, namespace, dataConverter: portage.dataConverter })),
    );
  } finally {
    await connection.close();
    await portage.database.close();
  }
}

export interface OperatorTerminal {
  /** What was asked for. */
  readonly out: Writable;
  /** Remarks beside it. */
  readonly remarks: Writable;
  /** Of `out` in characters; undefined where it is no terminal. */
  readonly width: number | undefined;
  /** Where answers to questions come from; undefined where nobody could give one. */
  readonly answers: Readable | undefined;
}

export function processTerminal(): OperatorTerminal {
  const { stdin, stdout, stderr } = process;
  return {
    out: stdout,
    remarks: stderr,
    width: stdout.isTTY ? stdout.columns : undefined,
    answers: stdin.isTTY && stderr.isTTY ? stdin : undefined,
  };
}

/** Asks a question that only "y" or "yes" affirms; the end of the input denies it. */
export async function confirmed(
  question: string,
  { answers, remarks }: { answers: Readable; remarks: Writable },
  signal: AbortSignal,
): Promise<boolean> {
  // Not in raw mode, so that Ctrl-C stays a signal.
  const lines = createInterface({ input: answers, output: remarks, terminal: false });
  try {
    // A line that came right before the end is an answer all the same.
    const closed = new Promise<string>((resolve) => lines.once('close', () => setImmediate(resolve, '')));
    const answer = await Promise.race([lines.question(`${question} [y/N] `, { signal }), closed]);
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    lines.close();
  }
}
