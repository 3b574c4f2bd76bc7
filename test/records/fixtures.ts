/** Shared by the tests of records: a store in memory, archives as parts, and everything a reading gave. */
import type { JsonObject } from '../../src/records/formats/json';
import { comparedBy } from '../../src/records/compare/reading-format';
import { readRecords, type ReadOptions } from '../../src/records/read/read-records';
import type { PortedRecord } from '../../src/records/store/record';
import type { ObjectStore, PartBytes } from '../../src/records/store/stored-bytes';
import { recordsOf } from '../../src/records/deliver/stored-records';
import { readSummary, type Summary } from '../../src/records/deliver/summary';
import { manifestOf, serviceOf, zipOf, type ZipMember } from '../archive/zip';

export interface MemoryStore extends ObjectStore {
  readonly objects: Map<string, Buffer>;
}

export function memoryStore(): MemoryStore {
  const objects = new Map<string, Buffer>();
  return {
    objects,
    put: (key, bytes) => {
      objects.set(key, Buffer.from(bytes));
      return Promise.resolve();
    },
    get: (key) => {
      const bytes = objects.get(key);
      return bytes === undefined ? Promise.reject(new Error(`no object ${key}`)) : Promise.resolve(bytes);
    },
    list: (prefix) => Promise.resolve([...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted()),
    delete: (key) => {
      objects.delete(key);
      return Promise.resolve();
    },
  };
}

export function partOf(bytes: Buffer, number = 1): PartBytes {
  return {
    number,
    bytes: bytes.length,
    read: async function* (start, end) {
      // Small pieces, so that entries span several of them.
      for (let at = start; at < end; at += 4_093) {
        await Promise.resolve();
        yield bytes.subarray(at, Math.min(at + 4_093, end));
      }
    },
  };
}

export interface Reading {
  readonly summary: Summary;
  readonly records: PortedRecord[];
  readonly store: MemoryStore;
}

/** As `ReadOptions`, with resources by name, and the output of the export before in place of the known keys. */
export type TestOptions = Partial<Omit<ReadOptions, 'resources'>> & {
  readonly previousFolder?: string;
  /** The export before was read when its resources had their first form. */
  readonly previousForm?: 'first';
};

/** Reads parts given as ZIP files. */
export async function readZips(
  zips: readonly Buffer[],
  {
    resources: names,
    previousFolder,
    previousForm,
    ...options
  }: TestOptions & { readonly resources: readonly string[] },
  store = memoryStore(),
): Promise<Reading> {
  const folder = options.folder ?? 'records';
  const before = previousFolder === undefined ? undefined : await readSummary(store, previousFolder);
  const resources = names.map((name) => ({
    name,
    known: `${folder}-known/${name}`,
    ...(before !== undefined && {
      before: {
        folder: `${previousFolder}-known/${name}`,
        choice: previousForm === 'first' ? before.choice : comparedBy(before.choice, name),
        drift: before.drift,
        objects: before.resources.find((each) => each.resource === name)?.knownObjects,
      },
    }),
  }));
  const summary = await readRecords({
    ...{ consentId: 'con_1', exportId: 'exp_1', isWindowed: false, isVerified: true, folder, store, resources },
    ...{ parts: zips.map((bytes, index) => partOf(bytes, index + 1)) },
    ...options,
  });
  const records: PortedRecord[] = [];
  for await (const { record } of recordsOf(store, folder)) records.push(record);
  return { summary, records, store };
}

/** Reads one file as the only member of an archive of a resource. */
export async function readFile(
  resource: string,
  path: string,
  content: string | Buffer,
  options: TestOptions = {},
  store = memoryStore(),
): Promise<Reading> {
  const zip = await zipOf([{ name: `Portability/${path}`, content }]);
  return readZips([zip], { resources: [resource], ...options }, store);
}

/** An archive with a manifest that names the service of a folder. */
export function archiveOf(service: string, folder: string, members: readonly ZipMember[]): Promise<Buffer> {
  const named = members.map((member) => ({ ...member, name: `Portability/${folder}/${member.name}` }));
  return zipOf([...named, manifestOf(serviceOf(folder, [], { service: { name: service } }))]);
}

export const dataOf = (records: readonly PortedRecord[]): JsonObject[] => records.map(({ data }) => data);

export const keysOf = (records: readonly PortedRecord[]): string[] => records.map(({ key }) => key).toSorted();
