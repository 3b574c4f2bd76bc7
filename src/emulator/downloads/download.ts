/** Serves archive parts as Cloud Storage serves objects: headers, ranges, XML errors (docs/google-api.md §3, §5). */
import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Archives } from '../archives/archive';
import type { ByteSource } from '../archives/byte-source';
import type { StoredObject } from '../archives/stored-object';
import type { Endpoint } from '../http/endpoint';
import type { Reply } from '../http/reply';
import type { Jobs } from '../api/jobs';
import { stateOf, type World } from '../world';
import { bucket, type Links } from './links';
import { readRange } from './range';
import { storageError } from './storage-error';

export interface DownloadDeps {
  world: World;
  jobs: Jobs;
  links: Links;
  archives: Archives;
}

export function downloadEndpoint(deps: DownloadDeps): Endpoint {
  return {
    method: 'download',
    identify: (request) => {
      const job = deps.links.find(objectOf(request))?.job;
      const { range } = request.headers;
      return {
        accountId: job?.accountId,
        jobId: job?.jobId,
        resources: job?.resources,
        details: range === undefined ? undefined : { range },
      };
    },
    handle: (request) => download(deps, request),
  };
}

function objectOf(request: Request): string {
  return String(request.params['object']);
}

async function download({ world, jobs, links, archives }: DownloadDeps, request: Request): Promise<Reply> {
  // A signed link carries its own proof; a bearer token in addition to it is refused (§3).
  if (request.headers.authorization !== undefined) {
    throw storageError(400, 'InvalidArgument', 'A signed link must be fetched without an Authorization header.');
  }
  const object = objectOf(request);
  // The links are signed for GET alone.
  const fault = request.method === 'GET' ? linkFault(links, request, object) : 'wrong';
  if (fault === 'unsigned')
    throw storageError(403, 'AccessDenied', 'Anonymous caller does not have access to the object.');
  if (fault === 'wrong') throw storageError(403, 'SignatureDoesNotMatch', 'The signature does not fit the request.');
  if (fault === 'expired') {
    // The status of an expired link is open (§5).
    const status = stateOf(world).switches.expiredLink === 'A' ? 400 : 403;
    throw storageError(status, 'ExpiredToken', 'The signed link has expired.');
  }
  const target = links.find(object);
  if (target === undefined || jobs.isExpired(target.job)) throw noSuchKey();
  const stored = (await archives.partsOf(target.job))[target.part];
  if (stored === undefined) throw noSuchKey();
  return objectReply(request, stored, target.job.finishAt, stateOf(world).switches.Q11 === 'A');
}

function linkFault(links: Links, request: Request, object: string) {
  if (request.params['bucket'] !== bucket) return 'wrong';
  return links.fault(object, new URL(request.originalUrl, 'http://emulator').searchParams);
}

const noSuchKey = () => storageError(404, 'NoSuchKey', 'The specified key does not exist.');

function objectReply(request: Request, stored: StoredObject, createdAt: number, honoursRange: boolean): Reply {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(stored.crc32c);
  const hashes = [`crc32c=${sum.toString('base64')}`, ...(stored.md5 === undefined ? [] : [`md5=${stored.md5}`])];
  const generation = `${createdAt}${createHash('sha256').update(sum).digest().readUInt16BE() % 1000}`.padEnd(16, '0');
  // Without an MD5, as for composite objects, the ETag comes from the generation.
  const etag = `"${stored.md5 === undefined ? `-${generation}` : Buffer.from(stored.md5, 'base64').toString('hex')}"`;
  const lastModified = new Date(createdAt).toUTCString();
  const { length } = stored.source;
  const headers: Reply['headers'] = {
    'content-type': 'application/zip',
    'x-goog-generation': generation,
    'x-goog-metageneration': '1',
    'x-goog-stored-content-encoding': 'identity',
    'x-goog-stored-content-length': String(length),
    'x-goog-hash': hashes,
    'x-goog-storage-class': 'STANDARD',
    etag,
    'last-modified': lastModified,
    'cache-control': 'private, max-age=0',
    server: 'UploadServer',
    ...(honoursRange && { 'accept-ranges': 'bytes' }),
  };
  const ifRange = request.headers['if-range'];
  const fresh = ifRange === undefined || ifRange === etag || ifRange === lastModified;
  const range = honoursRange && fresh ? readRange(request.headers.range, length) : undefined;
  if (range === undefined) return { status: 200, headers, body: stored.source };
  if (range === 'unsatisfiable') {
    const refusal = storageError(416, 'InvalidRange', 'The requested range cannot be satisfied.');
    refusal.reply.headers['content-range'] = `bytes */${length}`;
    throw refusal;
  }
  headers['content-range'] = `bytes ${range.start}-${range.end - 1}/${length}`;
  return { status: 206, headers, body: slice(stored.source, range.start, range.end) };
}

function slice(source: ByteSource, start: number, end: number): ByteSource {
  return { length: end - start, read: (from, to) => source.read(start + from, start + to) };
}
