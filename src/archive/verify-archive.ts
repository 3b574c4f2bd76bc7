/** Reads every byte of an export's stored parts and compares them with Google's manifest. */
import { Readable } from 'node:stream';

import { crc32 } from '@node-rs/crc32';
import yauzl from 'yauzl';

import { PortageError } from '../domain/errors';
import type { Finding } from '../domain/verdict';
import { partKey, type Storage } from '../storage/storage';
import { parseManifest, type ManifestService } from './manifest';

export interface VerifyRequest {
  readonly storage: Storage;
  readonly consentId: string;
  readonly exportId: string;
  readonly parts: readonly { readonly number: number; readonly bytes: number }[];
  readonly signal: AbortSignal;
  readonly onProgress: () => void;
}

export interface VerifyResult {
  readonly findings: Finding[];
  /** Files of the archive; Google's manifest itself is not counted. */
  readonly files: number;
}

/** A member of an archive as far as the manifest is concerned. */
interface Member {
  /** Path below the root folder, normalised to NFC. */
  readonly path: string;
  readonly bytes: number;
}

const manifestName = 'archive_browser.json';
/** Google's manifests list files only; one larger than this is not read. */
const maxManifestBytes = 64 * 1024 * 1024;

/**
 * Every member of every part is read to its checksum; the manifest may lie in any part, or nowhere
 * (docs/google-api.md §A1, §A2, Q16). No parts at all is a valid, empty archive (Q5).
 *
 * @throws PortageError `STORAGE_…` when the stored bytes cannot be reached
 */
export async function verifyArchive(request: VerifyRequest): Promise<VerifyResult> {
  const findings: Finding[] = [];
  const members: Member[] = [];
  let services: ManifestService[] | undefined;

  for (const part of request.parts) {
    request.signal.throwIfAborted();
    const key = partKey(request.consentId, request.exportId, part.number);
    const zip = await openZip(request.storage, key, part.bytes);
    if (zip === undefined) {
      findings.push({ kind: 'not_a_zip', part: part.number });
      continue;
    }
    let entryNumber = 0;
    try {
      for await (const entry of zip.eachEntry()) {
        request.signal.throwIfAborted();
        request.onProgress();
        entryNumber += 1;
        const name = nameOf(entry);
        if (name.endsWith('/')) continue;
        const path = name.split('/').slice(1).join('/');
        const isManifest = path === manifestName && entry.uncompressedSize <= maxManifestBytes;
        const content = await readMember(zip, entry, isManifest, request);
        if (content === undefined) {
          findings.push({ kind: 'unreadable_member', part: part.number, entry: entryNumber });
        } else if (isManifest) {
          const parsed = parseManifest(content.text);
          if (parsed === undefined) findings.push({ kind: 'manifest_unreadable', part: part.number });
          else services = [...(services ?? []), ...parsed];
        } else {
          members.push({ path, bytes: content.bytes });
        }
      }
    } catch (error) {
      if (request.signal.aborted || isStorageError(error)) throw error;
      findings.push({ kind: 'not_a_zip', part: part.number });
    } finally {
      zip.close();
    }
  }

  if (request.parts.length > 0 && services === undefined) findings.push({ kind: 'manifest_missing' });
  for (const service of services ?? []) findings.push(...compare(service, members));
  return { findings, files: members.length };
}

/** What the manifest says of one service against the members that were found. */
function compare(service: ManifestService, members: readonly Member[]): Finding[] {
  const name = service.service;
  const findings: Finding[] = [];
  if (service.isIncomplete) findings.push({ kind: 'incomplete_service', service: name });

  const prefix = service.folderName === '' ? '' : `${service.folderName}/`;
  const inFolder = members.filter(({ path }) => path.startsWith(prefix));
  const present = new Set(inFolder.map(({ path }) => path.slice(prefix.length)));

  const bad = new Map<string, number>();
  let missing = 0;
  for (const file of service.files) {
    if (file.state !== 'SUCCESS') bad.set(file.state, (bad.get(file.state) ?? 0) + 1);
    else if (!file.paths.some((path) => present.has(path))) missing += 1;
  }
  for (const [state, count] of bad) {
    findings.push({ kind: 'file_not_extracted', service: name, state: state.slice(0, 64), count });
  }
  if (missing > 0) findings.push({ kind: 'file_missing', service: name, count: missing });

  const bytes = inFolder.reduce((sum, member) => sum + member.bytes, 0);
  if (service.statedFiles !== undefined && service.statedFiles !== inFolder.length) {
    findings.push({ kind: 'count_differs', service: name, stated: service.statedFiles, found: inFolder.length });
  }
  if (service.statedBytes !== undefined && service.statedBytes !== bytes) {
    findings.push({ kind: 'size_differs', service: name, stated: service.statedBytes, found: bytes });
  }
  return findings;
}

/** yauzl reads the central directory at the end, so nothing but the ranges it asks for is fetched. */
class StoredPart extends yauzl.RandomAccessReader {
  constructor(
    private readonly storage: Storage,
    private readonly key: string,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const read = async function* (storage: Storage, key: string): AsyncGenerator<Buffer> {
      yield* (await storage.get(key, { start, end })) as AsyncIterable<Buffer>;
    };
    return Readable.from(read(this.storage, this.key), { objectMode: false });
  }
}

async function openZip(storage: Storage, key: string, bytes: number): Promise<yauzl.ZipFile | undefined> {
  // A missing object is a fault of the storage, not of the archive; it must not look like a broken ZIP.
  await storage.size(key);
  try {
    return await yauzl.fromRandomAccessReaderPromise(new StoredPart(storage, key), bytes, {
      lazyEntries: true,
      // Names are only compared, never used as paths, so a strange one is no reason to refuse an archive: they are
      // decoded by nameOf, without yauzl's checks.
      decodeStrings: false,
    });
  } catch (error) {
    if (isStorageError(error)) throw error;
    return undefined;
  }
}

function nameOf(entry: yauzl.Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true).normalize('NFC');
}

/**
 * Inflates a member to its end and checks length and CRC-32.
 *
 * @returns its length, and its text where wanted; undefined when it cannot be read
 */
async function readMember(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  wantText: boolean,
  { onProgress, signal }: VerifyRequest,
): Promise<{ bytes: number; text: string } | undefined> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    const text: Buffer[] = [];
    let bytes = 0;
    let crc = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      onProgress();
      bytes += chunk.length;
      crc = crc32(chunk, crc);
      if (wantText) text.push(chunk);
    }
    return crc === entry.crc32 ? { bytes, text: Buffer.concat(text).toString('utf8') } : undefined;
  } catch (error) {
    if (signal.aborted || isStorageError(error)) throw error;
    return undefined;
  }
}

function isStorageError(error: unknown): boolean {
  return error instanceof PortageError && error.code.startsWith('STORAGE_');
}
