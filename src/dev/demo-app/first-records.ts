/** Reads the first records of an export, and makes one line of text of each. */
import { z } from 'zod';

import type { PortageApi } from '../portage-api';

export interface RecordLine {
  readonly kind: string;
  /** RFC 3339. */
  readonly occurredAt: string | undefined;
  readonly text: string;
}

const record = z.object({
  resource: z.string(),
  kind: z.string(),
  occurredAt: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});

const linesPerResource = 3;
/** At most this many characters of an export are read, although a resource may come later in it. */
const longestRead = 4 * 2 ** 20;
const longestText = 160;

/**
 * @param resources the resources of the export
 * @returns the first records of each, in the order of the export
 * @throws PortageRefusal such as `DATA_DELETED`
 */
export async function readFirstRecords(
  api: Pick<PortageApi, 'open'>,
  exportId: string,
  resources: readonly string[],
): Promise<Map<string, RecordLine[]>> {
  const linesByResource = new Map<string, RecordLine[]>();
  // Cancels the rest of the answer, which can be gigabytes.
  const enough = new AbortController();
  try {
    const response = await api.open(`/v1/exports/${exportId}/records`, enough.signal);
    for await (const line of linesOf(response)) {
      const read = record.safeParse(JSON.parse(line));
      if (!read.success) continue;
      const { resource, kind, occurredAt, data } = read.data;
      const lines = linesByResource.get(resource) ?? [];
      linesByResource.set(resource, lines);
      if (lines.length < linesPerResource) lines.push({ kind, occurredAt, text: textOf(data) });
      if (resources.every((each) => (linesByResource.get(each)?.length ?? 0) >= linesPerResource)) break;
    }
  } finally {
    enough.abort();
  }
  return linesByResource;
}

/** Yields complete lines, and ends after {@link longestRead} characters. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  const decoder = new TextDecoder();
  let rest = '';
  let length = 0;
  for await (const chunk of response.body) {
    const text = decoder.decode(chunk, { stream: true });
    length += text.length;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield line;
    if (length > longestRead) return;
  }
}

/**
 * Fields whose text describes an entry, the best first. For an entry without such a field, the line has the names of
 * its fields.
 */
const titleFields = [/^title$/i, /^name$/i, /(title|name)$/i, /^(text|word|query|content)$/i];

/** One line of text for an entry: its title, or its first fields that have a text or a number. */
export function textOf(data: Readonly<Record<string, unknown>>): string {
  const fields = [...scalars(data, 0)];
  const title = titleFields
    .flatMap((names) => fields.filter(([field, value]) => names.test(field) && value !== ''))
    .at(0);
  const text =
    title?.[1] ??
    fields
      .slice(0, 3)
      .map(([name, value]) => `${name}: ${value}`)
      .join(' · ');
  const characters = Array.from(text.slice(0, 2 * longestText));
  return characters.length > longestText ? `${characters.slice(0, longestText - 1).join('')}…` : characters.join('');
}

function* scalars(value: object, depth: number): Generator<[string, string]> {
  for (const [name, field] of Object.entries(value) as [string, unknown][]) {
    if (typeof field === 'string' || typeof field === 'number' || typeof field === 'boolean') {
      yield [name, String(field)];
    } else if (typeof field === 'object' && field !== null && !Array.isArray(field) && depth < 3) {
      yield* scalars(field, depth + 1);
    }
  }
}
