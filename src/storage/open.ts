/** Opens the storage that the configuration names. */
import type { StorageLimits } from '../domain/timeouts';
import { createFolderStorage } from './folder';
import type { StorageLocation } from './location';
import type { S3Credentials } from './s3-client';
import type { Storage } from './storage';

/**
 * No connection is made yet: an unavailable storage is noticed at its first use, which is repeated.
 *
 * @param credentials for S3; without them, the AWS SDK looks in its usual places
 */
export async function openStorage(
  location: StorageLocation,
  credentials?: S3Credentials,
  limits?: StorageLimits,
): Promise<Storage> {
  if (location.kind === 'folder') return createFolderStorage(location.root);
  // Loaded only where it is used: the SDK takes a quarter of a second.
  const { createS3Storage } = await import('./s3.js');
  return createS3Storage(location, credentials, limits);
}
