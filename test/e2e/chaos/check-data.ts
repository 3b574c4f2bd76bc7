/** Stored data equal Google's, each record was delivered once, and deleted data are gone. */
import { createHash } from 'node:crypto';

import { crc32 } from '@node-rs/crc32';

import { unzip } from '../../emulator/archive-reader';
import { nameOf } from './check-endings';
import type { Evidence, ExportRow } from './evidence';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const isStored = ({ state, dataDeletionAt }: ExportRow) => state === 'ready' && dataDeletionAt === null;

/** Parts byte for byte as the emulator made them; records as counted in them, and over all exports of a consent once. */
export async function checkData(evidence: Evidence): Promise<string[]> {
  const { consents, exports } = evidence;
  const problems: string[] = [];
  for (const consent of consents) {
    const own = exports.filter((row) => row.consentId === consent.id && isStored(row));
    if (own.length === 0) continue;
    /** How often each entry is to be delivered. */
    const expected = new Map<string, number>();
    for (const row of own) {
      const parts = await fetchParts(evidence, row, problems);
      const entries = (await Promise.all(parts.map(entriesOf))).flat().map((entry) => nameEntry(row.resource, entry));
      if (row.recordsCount?.read !== entries.length) {
        problems.push(`${row.id} holds ${entries.length} records, and ${row.recordsCount?.read ?? 'none'} were read`);
      }
      for (const [entry, times] of countEach(entries)) expected.set(entry, Math.max(times, expected.get(entry) ?? 0));
    }
    const lines = await evidence.recordsOf(consent.id);
    const records = lines.flatMap(({ resource, data }) => (data === undefined ? [] : [nameEntry(resource, data)]));
    const delivered = countEach(records);
    for (const entry of new Set([...expected.keys(), ...delivered.keys()])) {
      const [wanted, got] = [expected.get(entry) ?? 0, delivered.get(entry) ?? 0];
      if (wanted !== got)
        problems.push(`${nameOf(consent)} delivers ${got} times what it holds ${wanted} times: ${entry}`);
    }
    for (const [key, times] of countEach(lines.filter(({ data }) => data !== undefined).map((line) => line.key))) {
      if (times > 1) problems.push(`${nameOf(consent)} delivers ${key} ${times} times`);
    }
  }
  return problems;
}

async function fetchParts(evidence: Evidence, row: ExportRow, problems: string[]): Promise<Buffer[]> {
  const job = evidence.google.jobs.find(({ jobId }) => jobId === row.archiveJobId);
  if (job === undefined) {
    problems.push(`${row.id} is ready, and Google has no job ${row.archiveJobId ?? ''}`);
    return [];
  }
  const given = await evidence.archiveOf(job);
  const numbers = evidence.parts.filter(({ exportId }) => exportId === row.id).map(({ number }) => number);
  const stored: Buffer[] = [];
  for (const number of numbers) {
    const part = await evidence.partOf(row.id, number).catch((error: unknown) => String(error));
    if (typeof part === 'string') problems.push(`part ${number} of ${row.id} cannot be had: ${part}`);
    else stored.push(part);
  }
  const [got, wanted] = [stored, given].map((parts) => parts.map(sha256).sort().join());
  if (got !== wanted)
    problems.push(`${row.id} holds other parts than Google gave: ${got ?? ''} instead of ${wanted ?? ''}`);
  return stored;
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * The entries of My Activity and of Chrome's history, and the files next to them, read without Portage's own readers.
 */
async function entriesOf(part: Buffer): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const [name, content] of await unzip(part)) {
    if (!name.endsWith('.json')) {
      entries.push({ bytes: content.length, crc32: crc32(content) });
      continue;
    }
    const file = JSON.parse(content.toString()) as Entry[] | { 'Browser History'?: Entry[] };
    entries.push(...(Array.isArray(file) ? file : (file['Browser History'] ?? [])));
  }
  return entries;
}

const nameEntry = (resource: string, { time, time_usec: micros, titleUrl, url, title, bytes, crc32: sum }: Entry) =>
  JSON.stringify([resource, time ?? micros ?? bytes, titleUrl ?? url ?? sum, title]);

function countEach(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Nothing of a deleted consent is left, and no object that belongs to nothing. */
export function checkLeftovers({
  consents,
  exports,
  parts,
  segments,
  known,
  dataKeys,
  objects,
  doings,
}: Evidence): string[] {
  const problems: string[] = [];
  for (const consent of consents) {
    const isDeleted =
      consent.dataDeletionAt !== null || consent.state === 'deleted' || doings.endRequests.get(consent.id) === 'delete';
    if (!isDeleted) continue;
    if (consent.dataDeletedAt === null) problems.push(`${nameOf(consent)} is not deleted to its end`);
    const ids = exports.filter(({ consentId }) => consentId === consent.id).map(({ id }) => id);
    const left = {
      parts: parts.filter(({ exportId }) => ids.includes(exportId)).length,
      segments: segments.filter(({ exportId }) => ids.includes(exportId)).length,
      known: known.filter(({ consentId }) => consentId === consent.id).length,
      // The keys of exports stay, sealed by this one.
      keys: dataKeys.filter(({ consentId, sealedKey }) => consentId === consent.id && sealedKey !== null).length,
      objects: objects.filter((key) => key.startsWith(`consents/${consent.id}/`)).length,
    };
    const sum = Object.values(left).reduce((total, count) => total + count, 0);
    if (sum > 0) problems.push(`${nameOf(consent)} is deleted and leaves ${JSON.stringify(left)}`);
  }
  const runs = new Set(exports.map(({ id, recordsRun }) => `${id}/records/${recordsRun ?? ''}`));
  // A process that is killed may leave the object by which it proves its storage.
  for (const key of objects.filter((each) => !each.startsWith('probes/'))) {
    const [, consentId, exportId, kind, run] =
      /^consents\/(con_\w+)\/(?:exports\/(exp_\w+)\/(\w+)\/([\w-]+)|known)\//.exec(key) ?? [];
    const isOwned =
      consents.some(({ id }) => id === consentId) &&
      (exportId === undefined || exports.some(({ id }) => id === exportId));
    if (!isOwned) problems.push(`object ${key} belongs to no consent`);
    else if (kind === 'records' && !runs.has(`${exportId ?? ''}/records/${run ?? ''}`)) {
      problems.push(`object ${key} is of a reading that came to no end`);
    }
  }
  return problems;
}
