/** No secret is in a log, in a history of Temporal or in a table. */
import { readFileSync } from 'node:fs';

import { Client, Connection } from '@temporalio/client';

import { loadConfig } from '../../../src/config';
import type { State } from '../../../src/emulator/state';
import { createDataConverter } from '../../../src/temporal/data-converter';
import { historyText } from '../../support/history';
import type { Deployment } from './deployment';
import { everyRow } from './trail';

/**
 * Tokens, codes and signatures as the emulator makes them, known or not. Within a long run of base64, as sealed payloads
 * are, a few characters of a code occur by chance.
 */
const shape = /(?<![\w+/-])(?:ya29\.a0[\w-]{20}|1\/\/0e[\w-]{20}|4\/0A[\w-]{20})|X-Goog-Signature=[0-9a-f]{16}/;

/** Every secret that the emulator holds at this moment. */
export function secretsOf({ grants, accessTokens, codes, signingKey }: State): string[] {
  return [
    signingKey,
    ...grants.flatMap(({ refreshToken }) => refreshToken ?? []),
    ...accessTokens.map(({ token }) => token),
    ...codes.map(({ code }) => code),
  ];
}

/** @param secrets those that the emulator issued or had at any time, and the deployment's own */
export async function checkSecrets(deployment: Deployment, secrets: ReadonlySet<string>): Promise<string[]> {
  const problems: string[] = [];
  const search = (where: string, text: string) => {
    const met = shape.exec(text);
    if (met !== null) problems.push(`a secret is in ${where}: ${around(text, met.index)}`);
    for (const secret of secrets) {
      const at = text.indexOf(secret);
      if (at >= 0) problems.push(`a secret is in ${where}: ${around(text, at)}`);
    }
  };
  for (const file of deployment.logs) search(file, readFileSync(file, 'utf8'));
  search('the database', await everyRow(deployment.databaseUrl));

  const connection = await Connection.connect({ address: deployment.temporalAddress });
  try {
    const dataConverter = createDataConverter(loadConfig(deployment.environment));
    const client = new Client({ connection, dataConverter });
    let read = 0;
    for await (const { workflowId, runId } of client.workflow.list()) {
      search(`the history of ${workflowId}`, await historyText(client, workflowId, runId));
      read += 1;
    }
    if (read === 0) problems.push('Temporal lists no workflow, so no history was searched');
  } finally {
    await connection.close();
  }
  return problems;
}

const around = (text: string, at: number) => text.slice(Math.max(0, at - 100), at + 12);
