/**
 * Reads every byte of an export's stored parts and compares them with Cloud Storage's checksums and Google's manifest.
 */
import type { ArchiveLimits } from '../../domain/archive-limits';
import type { Finding } from '../../domain/verdict';
import { DirectoryBroken, readDirectory, type DirectoryEntry } from '../zip/directory';
import { createFindingList } from './findings';
import { parseManifest, type ManifestService } from './manifest';
import { createManifestCheck } from './manifest-check';
import { isFolder, readMember } from '../zip/member';
import { passEntry, passOver, type PassEntry } from '../zip/check-part';
import type { RandomAccess } from '../store/random-access';
import { createTally, LimitExceeded, type Tally } from '../zip/enforce-limits';
import { MemberBroken } from '../zip/unpack';

export interface VerifiablePart {
  readonly number: number;
  /** Length in bytes as it was when the part was fetched. */
  readonly bytes: number;
  /** As Cloud Storage stated them, in base64; null where it did not. */
  readonly statedCrc32c: string | null;
  readonly statedMd5: string | null;
  /** Hexadecimal, as an earlier verification found it; null before the first one. */
  readonly sha256: string | null;
  open(): Promise<RandomAccess>;
}

export interface VerifyRequest {
  readonly parts: readonly VerifiablePart[];
  /** How many parts the archive has; without it, the number of `parts`. */
  readonly partsTotal?: number | undefined;
  readonly limits: ArchiveLimits;
  readonly signal: AbortSignal;
  /** Called often, for heartbeats, and once for every byte of the parts. */
  readonly onProgress: (bytes: number) => void;
}

export interface VerifyResult {
  readonly findings: Finding[];
  /** Files of the archive that were read to their checksum; Google's manifest itself is not counted. */
  readonly files: number;
  /** The counts of the pass over the parts, up to the point where a limit stopped it. */
  readonly counts: { readonly entries: number; readonly unpackedBytes: number };
  /** Each part's SHA-256 in hexadecimal. */
  readonly sha256: ReadonlyMap<number, string>;
}

const manifestName = 'archive_browser.json';
/** Google exports from some dozens of services; a list of more than this is not Google's. */
const maxServices = 256;

/**
 * Looks for manifests first, because a manifest may be in any part, or missing (docs/google-api.md §A1, §A2, Q16); then
 * every part is read once from its first byte to its last. No parts at all is a valid, empty archive (Q5). Archives
 * inside the archive are read like other files and never opened; encrypted members are reported and left unchanged. A
 * part that exceeds a limit is not read further, and the archive is never complete.
 *
 * @throws what reading a part throws: bytes that cannot be read from the storage are not an error of the archive
 */
export async function verifyArchive(request: VerifyRequest): Promise<VerifyResult> {
  const { parts, partsTotal = parts.length } = request;
  const list = createFindingList();
  if (parts.length < partsTotal) list.add({ kind: 'parts_missing', stated: partsTotal, found: parts.length });

  const survey = await findManifests(request, list.add);
  const check = createManifestCheck(survey.services);
  const tally = createTally(request.limits);
  const sha256 = new Map<number, string>();
  let files = 0;
  for (const part of parts) {
    const content = await part.open();
    const directory = survey.readable.has(part.number)
      ? await collect(content, tally, check.member, request)
      : { entries: [], startsAt: 0 };
    const pass = await passOver({ part, content, ...directory, tally, ...request, onFinding: list.add });
    files += pass.files;
    sha256.set(part.number, pass.sha256);
  }

  if (parts.length > 0 && !survey.hasManifest) list.add({ kind: 'manifest_missing' });
  const whole = survey.readable.size === partsTotal;
  for (const finding of check.findings(whole)) list.add(finding);
  return { findings: list.all(), files, counts: tally.counts, sha256 };
}

interface Survey {
  readonly services: ManifestService[];
  /** Whether any manifest could be read, one without services included. */
  readonly hasManifest: boolean;
  /** Numbers of the parts whose directory was read to its end within the limits. */
  readonly readable: ReadonlySet<number>;
}

type OnFinding = ReturnType<typeof createFindingList>['add'];

async function findManifests(request: VerifyRequest, onFinding: OnFinding): Promise<Survey> {
  const tally = createTally(request.limits);
  const services: ManifestService[] = [];
  const readable = new Set<number>();
  let hasManifest = false;
  for (const part of request.parts) {
    const { number } = part;
    const content = await part.open();
    try {
      for await (const entry of directoryOf(content, tally, request)) {
        if (!isManifest(entry)) continue;
        tally.manifest(entry.bytes);
        const parsed = parseManifest(await textOf(content, entry, request.limits), request.limits);
        if (parsed === undefined || services.length + parsed.length > maxServices) {
          onFinding({ kind: 'manifest_unreadable', part: number });
          continue;
        }
        hasManifest = true;
        services.push(...parsed);
      }
      readable.add(number);
    } catch (error) {
      if (error instanceof LimitExceeded) onFinding({ kind: 'limit_exceeded', part: number, ...limitOf(error) });
      else if (error instanceof DirectoryBroken) onFinding({ kind: 'not_a_zip', part: number });
      else throw error;
    }
  }
  return { services, hasManifest, readable };
}

/** The entries of a part in the order of their bytes; each one is also passed to the manifest check. */
async function collect(
  content: RandomAccess,
  tally: Tally,
  onMember: (path: string, bytes: number) => void,
  request: VerifyRequest,
): Promise<{ entries: PassEntry[]; startsAt: number }> {
  const entries: PassEntry[] = [];
  const directory = directoryOf(content, tally, request);
  for (;;) {
    const { value, done } = await directory.next();
    if (done === true) {
      entries.sort((a, b) => a.headerAt - b.headerAt);
      return { entries, startsAt: value.startsAt };
    }
    const isFile = !isFolder(value) && !isManifest(value);
    if (isFile) onMember(pathOf(value), value.bytes);
    entries.push(passEntry(value, isFile));
  }
}

async function* directoryOf(
  content: RandomAccess,
  tally: Tally,
  { signal, onProgress }: VerifyRequest,
): ReturnType<typeof readDirectory> {
  const entries = readDirectory(content, tally);
  for (;;) {
    signal.throwIfAborted();
    onProgress(0);
    const { value, done } = await entries.next();
    if (done === true) return value;
    yield value;
  }
}

/** Path below the root folder, `Portability/` or `Takeout/` (docs/google-api.md §A1). */
const pathOf = ({ name }: DirectoryEntry) => name.slice(name.indexOf('/') + 1);

const isManifest = (entry: DirectoryEntry) => pathOf(entry) === manifestName && entry.name !== manifestName;

/** @returns an empty text when it cannot be read; the pass over the part reports the reason */
async function textOf(content: RandomAccess, entry: DirectoryEntry, limits: ArchiveLimits): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of readMember(content, entry, createTally(limits))) chunks.push(chunk);
  } catch (error) {
    if (error instanceof MemberBroken) return '';
    throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

const limitOf = ({ limit, allowed }: LimitExceeded) => ({ limit, allowed });
