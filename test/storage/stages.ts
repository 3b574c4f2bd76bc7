// Both kinds of storage, made ready for the same tests.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import type { S3Location } from '../../src/storage/location';
import { openStorage } from '../../src/storage/open';
import type { Storage } from '../../src/storage/storage';
import { allTests } from '../support/long';
import { startMoto } from '../support/moto';
import { startTestS3, type TestS3 } from '../support/versitygw';

export interface Stage {
  readonly storage: Storage;
  /** Where the objects are stored, which no error may contain. */
  readonly place: string;
  /** Puts an object there that a storage would not store. */
  readonly putForeign: (name: string) => Promise<void>;
  stop(): Promise<void>;
}

/** A place to make stages in, once for a file of tests. */
export interface Backend {
  stage(): Promise<Stage>;
  /** The folder of the objects: a stage whose folder is prepared before it has any object. */
  readonly stageIn?: (prepare: (folder: string) => void) => Promise<Stage>;
  stop(): Promise<void>;
}

export function folderBackend(): Promise<Backend> {
  const stageIn = async (prepare: (folder: string) => void): Promise<Stage> => {
    const root = mkdtempSync(join(tmpdir(), 'portage-test-storage-'));
    prepare(root);
    return {
      storage: await openStorage({ kind: 'folder', root }),
      place: root,
      putForeign: (name) => writeFile(folderOf(join(root, name)), 'not ours'),
      stop: () => rm(root, { recursive: true, force: true }),
    };
  };
  return Promise.resolve({ stage: () => stageIn(() => undefined), stageIn, stop: () => Promise.resolve() });
}

export const locationIn = (server: Pick<TestS3, 'endpoint'>, bucket: string): S3Location => ({
  kind: 's3',
  bucket,
  prefix: '',
  region: 'us-east-1',
  endpoint: server.endpoint,
  forcePathStyle: true,
  serverSideEncryption: undefined,
});

/** S3 of moto, which starts in seconds; it keeps objects in memory and accepts every caller. */
async function quickS3Backend(): Promise<Backend> {
  const server = await startMoto();
  const credentials = { accessKeyId: 'test-access', secretAccessKey: 'test-secret' };
  const client = new S3Client({ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  let buckets = 0;
  return {
    async stage() {
      buckets += 1;
      const location = { ...locationIn(server, `portage-test-${buckets}`), prefix: 'some/place/' };
      await client.send(new CreateBucketCommand({ Bucket: location.bucket }));
      return {
        storage: await openStorage(location, credentials),
        place: location.prefix,
        async putForeign(name) {
          const object = { Bucket: location.bucket, Key: location.prefix + name, Body: 'not ours' };
          await client.send(new PutObjectCommand(object));
        },
        stop: () => Promise.resolve(),
      };
    },
    async stop() {
      client.destroy();
      await server.stop();
    },
  };
}

/** Versity's gateway, which authenticates callers, and keeps objects as files. */
async function s3Backend(): Promise<Backend> {
  const server = await startTestS3();
  let buckets = 0;
  const stageIn = async (prepare: (folder: string) => void): Promise<Stage> => {
    buckets += 1;
    const bucket = `portage-test-${buckets}`;
    const location = { ...locationIn(server, bucket), prefix: 'some/place/' };
    const folder = join(server.folder, bucket);
    mkdirSync(folder);
    prepare(folder);
    const root = join(folder, location.prefix);
    return {
      storage: await openStorage(location, server.credentials),
      place: root,
      putForeign: (name) => writeFile(folderOf(join(root, name)), 'not ours'),
      stop: () => rm(folder, { recursive: true, force: true }),
    };
  };
  return { stage: () => stageIn(() => undefined), stageIn, stop: () => server.stop() };
}

export const backends: readonly (readonly [string, () => Promise<Backend>])[] = [
  ['a folder', folderBackend],
  ['an S3 bucket', allTests ? s3Backend : quickS3Backend],
];

/**
 * A small file system of its own in a folder, where the machine lets us have one.
 *
 * @returns whether it is available; {@link unmount} releases it
 */
export function mountSmall(folder: string, size: string): boolean {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  if (mounted.status === 0) return true;
  process.stderr.write('No small file system can be mounted here, so that no disk can be filled.\n');
  return false;
}

export function unmount(folder: string): void {
  execFileSync('umount', [folder]);
}

/** Every file below a folder that holds an object or a piece of one, by its path. */
export function filesIn(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(root, path) : [path];
  });
}

/** The folder of a file, made where it is missing. */
export function folderOf(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
