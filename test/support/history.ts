/** Reads workflow histories: how many events, and every payload in them as text. */
import type { Client } from '@temporalio/client';
import { historyToJSON, JSONToPayload, type JSONPayload } from '@temporalio/common/lib/proto-utils';

import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';

/** Number of events of a workflow's latest run. */
export async function countEvents(client: Client, workflowId: string): Promise<number> {
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  return history.events?.length ?? 0;
}

/** Every run of an export's workflow that its consent started, oldest first, with its number of events. */
export async function runsOf(
  client: Client,
  consentId: string,
  loop: string,
): Promise<{ runId: string; events: number }[]> {
  const workflowId = exportWorkflowId(consentId, loop);
  const consent = await client.workflow.getHandle(consentWorkflowId(consentId)).fetchHistory();
  const started = consent.events?.find(
    (event) => event.childWorkflowExecutionStartedEventAttributes?.workflowExecution?.workflowId === workflowId,
  );
  const runs: { runId: string; events: number }[] = [];
  let runId = started?.childWorkflowExecutionStartedEventAttributes?.workflowExecution?.runId;
  while (runId != null) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.push({ runId, events: events?.length ?? 0 });
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return runs;
}

/** The events of the last runs of a consent's workflow and its loops, one a line, for debugging. */
export async function outlineOf(client: Client, consentId: string): Promise<string> {
  const consent = await outlineOfRun(client, consentWorkflowId(consentId));
  const loops = new Set([...consent.matchAll(/workflowId=(export\/\S+)/g)].map((match) => match[1] ?? ''));
  const outlines = await Promise.all([...loops].map((workflowId) => outlineOfRun(client, workflowId)));
  return [consent, ...outlines].join('\n\n');
}

/** Fields of an event that identify its subject; payloads are left out. */
const shownFields = new Set([
  'name',
  'signalName',
  'workflowId',
  'scheduledEventId',
  'startToFireTimeout',
  'cause',
  'message',
]);

async function outlineOfRun(client: Client, workflowId: string): Promise<string> {
  const { json } = await fetchHistory(client, workflowId);
  const { events } = JSON.parse(json) as { events: { eventId: string; eventTime: string; eventType: string }[] };
  const lines = events.map((event) => {
    const about: string[] = [];
    JSON.parse(JSON.stringify(event), (key, value: unknown) => {
      if (shownFields.has(key) && typeof value === 'string') about.push(`${key}=${value}`);
      return value;
    });
    return [event.eventTime, event.eventId, event.eventType.replace('EVENT_TYPE_', ''), ...about].join(' ');
  });
  return [workflowId, ...lines].join('\n');
}

/** The history as Temporal keeps it: its JSON form, and the bytes of each payload as text. */
export async function keptHistoryText(client: Client, workflowId: string): Promise<string> {
  const { json, payloads } = await fetchHistory(client, workflowId);
  return [json, ...payloads.map(textOf)].join('\n');
}

/** The history for a reader with the keys: {@link keptHistoryText}, and also each payload before it was sealed. */
export async function historyText(client: Client, workflowId: string, runId?: string): Promise<string> {
  const { json, payloads } = await fetchHistory(client, workflowId, runId);
  const opened: string[] = [];
  for (const payload of payloads) {
    let decoded = [JSONToPayload(payload)];
    if (encodingOf(payload) !== 'binary/encrypted') continue;
    for (const codec of client.options.loadedDataConverter.payloadCodecs) decoded = await codec.decode(decoded);
    opened.push(...decoded.map(({ data }) => Buffer.from(data ?? []).toString('utf8')));
  }
  return [json, ...payloads.map(textOf), ...opened].join('\n');
}

/**
 * The encodings of a history's payloads. Search attributes are left out: Temporal's server has to read them, so no codec
 * sees them. So are the markers of `patched`, which hold the name of a change to the code and are the SDK's own.
 */
export async function payloadEncodings(client: Client, workflowId: string): Promise<Set<string>> {
  const { payloads } = await fetchHistory(client, workflowId);
  return new Set(
    payloads.filter((payload) => payload.metadata?.['type'] === undefined && !isPatchMarker(payload)).map(encodingOf),
  );
}

async function fetchHistory(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<{ json: string; payloads: JSONPayload[] }> {
  const json = historyToJSON(await client.workflow.getHandle(workflowId, runId).fetchHistory());
  const payloads: JSONPayload[] = [];
  JSON.parse(json, (_key, value: unknown) => {
    if (isPayload(value)) payloads.push(value);
    return value;
  });
  return { json, payloads };
}

const isPayload = (value: unknown): value is JSONPayload =>
  typeof value === 'object' && value !== null && 'metadata' in value && 'data' in value;
const isPatchMarker = (payload: JSONPayload): boolean => /^\{"id":"[^"]*","deprecated":/.test(textOf(payload));
const encodingOf = ({ metadata }: JSONPayload): string =>
  Buffer.from(metadata?.['encoding'] ?? '', 'base64').toString('utf8');
const textOf = ({ data }: JSONPayload): string => Buffer.from(data ?? '', 'base64').toString('utf8');
