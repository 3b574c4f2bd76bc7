// Both kinds of storage, made ready for the same tests.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { S3Location } from '../../src/storage/location';
import { openStorage } from '../../src/storage/open';
import type { Storage } from '../../src/storage/storage';
import { startTestS3, type TestS3 } from '../support/versitygw';

export interface Stage {
  readonly storage: Storage;
  /** Where the objects lie as files under their keys; tests put there what a storage would not. */
  readonly root: string;
  stop(): Promise<void>;
}

/** A place to make stages in, once for a file of tests. */
export interface Backend {
  /** @param prepare is given the folder in which the objects will lie, before there is anything */
  stage(prepare?: (root: string) => void): Promise<Stage>;
  stop(): Promise<void>;
}

export function folderBackend(): Promise<Backend> {
  return Promise.resolve({
    async stage(prepare) {
      const root = mkdtempSync(join(tmpdir(), 'portage-test-storage-'));
      prepare?.(root);
      const storage = await openStorage({ kind: 'folder', root });
      return { storage, root, stop: () => rm(root, { recursive: true, force: true }) };
    },
    stop: () => Promise.resolve(),
  });
}

export const locationIn = (server: TestS3, bucket: string): S3Location => ({
  kind: 's3',
  bucket,
  prefix: '',
  region: 'us-east-1',
  endpoint: server.endpoint,
  forcePathStyle: true,
  serverSideEncryption: undefined,
});

export async function s3Backend(): Promise<Backend> {
  const server = await startTestS3();
  let buckets = 0;
  return {
    async stage(prepare) {
      buckets += 1;
      const bucket = `portage-test-${buckets}`;
      const location = { ...locationIn(server, bucket), prefix: 'some/place/' };
      const folder = join(server.folder, bucket);
      mkdirSync(folder);
      prepare?.(folder);
      return {
        storage: await openStorage(location, server.credentials),
        root: join(folder, location.prefix),
        stop: () => rm(folder, { recursive: true, force: true }),
      };
    },
    stop: () => server.stop(),
  };
}

export const backends: readonly (readonly [string, () => Promise<Backend>])[] = [
  ['a folder', folderBackend],
  ['an S3 bucket', s3Backend],
];

/**
 * A small file system of its own in a folder, where the machine lets us have one.
 *
 * @returns whether it could be had; {@link unmount} gives it back
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
