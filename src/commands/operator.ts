/** The context of operator commands: database, Temporal, and a question before an action that cannot be undone. */
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

import { Client, Connection } from '@temporalio/client';

import type { AuditAction } from '../domain/audit';
import { recordSealing } from '../database/vault-key-uses';
import { connectionOptions } from '../temporal/connection-options';
import { createConsentMessages, type MessageName } from '../temporal/client/consent-messages';
import { createConsentProgress } from '../temporal/client/consent-progress';
import { createPendingSteps } from '../temporal/client/pending-steps';
import { createTemporalCalls } from '../temporal/client/temporal-calls';
import type { Portage } from '../portage';
import { audited, findOrRefuse } from './audited';
import { withPortage, type CommandContext } from './context';

/** The actions of the audit log, by message. */
export const actionOf = {
  pause: 'consent.paused',
  resume: 'consent.resumed',
  cancel: 'consent.cancelled',
  delete: 'consent.deleted',
} as const satisfies Record<MessageName, AuditAction>;

export type Operator = ReturnType<typeof createOperator>;

/** @param answerWithinMs how long Temporal and a worker have for one answer; 10 seconds by default */
export function createOperator(portage: Portage, client: Client, answerWithinMs?: number) {
  const { config, consents, database, now } = portage;
  const { address, taskQueue } = config.temporal;
  const calls = createTemporalCalls({ client, address, answerWithinMs });
  const { policy } = config;
  const progress = createConsentProgress(calls);
  const messages = createConsentMessages({ calls, taskQueue, policy, consents, progress, now });
  return {
    portage,
    calls,
    messages: {
      ...messages,
      check: (consentId: string, name: MessageName) =>
        findOrRefuse(portage, { action: actionOf[name], consentId }, () => messages.check(consentId, name)),
      async send(consentId: string, name: MessageName): Promise<void> {
        await audited(portage, { action: actionOf[name], consentId }, async () => {
          // The message may start a workflow, whose input is then sealed with this key.
          await recordSealing(database.db, config.vaultKeys[0]?.id ?? '');
          await messages.send(consentId, name);
        });
      },
      exportNow: (consentId: string, resource: string | undefined) =>
        audited(portage, { action: 'consent.export_requested', consentId, object: resource }, () =>
          messages.exportNow(consentId, resource),
        ),
    },
    progress,
    pendingSteps: createPendingSteps(calls),
  };
}

/**
 * Opens database and Temporal for one piece of work. An unreachable Temporal shows only at the first request.
 *
 * @throws ConfigError, DatabaseUnusable
 */
export function withOperator<T>(context: CommandContext, work: (operator: Operator) => Promise<T>): Promise<T> {
  return withPortage(context, async (portage) => {
    const { temporal } = portage.config;
    const { namespace } = temporal;
    const connection = Connection.lazy(connectionOptions(temporal));
    try {
      return await work(
        createOperator(portage, new Client({ connection, namespace, dataConverter: portage.dataConverter })),
      );
    } finally {
      await connection.close();
    }
  });
}

/** Asks a question that only "y" or "yes" affirms; the end of the input denies it. */
export async function confirmed(
  question: string,
  { answers, remarks }: { answers: Readable; remarks: Writable },
  signal: AbortSignal,
): Promise<boolean> {
  // Not in raw mode, so that Ctrl-C still sends a signal.
  const lines = createInterface({ input: answers, output: remarks, terminal: false });
  try {
    // A line right before the end of the input is still an answer.
    const closed = new Promise<string>((resolve) => lines.once('close', () => setImmediate(resolve, '')));
    const answer = await Promise.race([lines.question(`${question} [y/N] `, { signal }), closed]);
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    lines.close();
  }
}
