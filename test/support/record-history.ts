/** Keeps a workflow's history as a file for replay, in the form that the SDK reads back. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';

/** Where recorded histories are, by how their payloads were kept. */
export const historyFolders = {
  readable: join(__dirname, '../histories'),
  encrypted: join(__dirname, '../histories/encrypted'),
} as const;

/**
 * Whether this run records again, once for each form of the payloads:
 * `RECORD_HISTORIES=1 TEMPORAL_PAYLOADS=readable npm run test:all -- test/e2e`, and the same with `encrypted`.
 */
export const recording = process.env['RECORD_HISTORIES'] === '1';

/** Base64 of the encoding that a sealed payload's metadata names. */
const sealedEncoding = Buffer.from('binary/encrypted').toString('base64');

/**
 * @param name of the file, after the path that the workflow took
 * @param runId of another run than the latest
 */
export async function recordHistory(client: Client, workflowId: string, name: string, runId?: string): Promise<void> {
  if (!recording) return;
  const json = historyToJSON(await client.workflow.getHandle(workflowId, runId).fetchHistory());
  // The process and machine of the work do not depend on the code.
  const history: unknown = JSON.parse(json.replace(/"identity":"[^"]*"/g, '"identity":"worker"'));
  const folder = historyFolders[json.includes(sealedEncoding) ? 'encrypted' : 'readable'];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ workflowId, history }, undefined, 1)}\n`);
}
