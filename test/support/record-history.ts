/** Keeps a workflow's history as a file for replay, in the form that the SDK reads back. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';

const folder = join(__dirname, '../histories');

/** Whether this run is to record anew: `RECORD_HISTORIES=1 npm test -- test/e2e`. */
export const recording = process.env['RECORD_HISTORIES'] === '1';

/** @param name of the file, after the path that the workflow took */
export async function recordHistory(client: Client, workflowId: string, name: string): Promise<void> {
  if (!recording) return;
  const json = historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory());
  // Which process and machine did the work says nothing about the code.
  const history: unknown = JSON.parse(json.replace(/"identity":"[^"]*"/g, '"identity":"worker"'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ workflowId, history }, undefined, 1)}\n`);
}
