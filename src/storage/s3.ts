/**
 * Storage in an S3 bucket, of Amazon or another provider: puts are atomic in S3; this adds checksums, limits and error
 * codes.
 */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { crc32c } from '@node-rs/crc32';

import { PortageError } from '../domain/error-codes';
import { usualLimits } from '../domain/timeouts';
import type { S3Location } from './location';
import { createS3Client, type S3Credentials } from './s3-client';
import { translated } from './s3-errors';
import { checkKey, checkPrefix, isKey, type Storage } from './storage';

/**
 * @param credentials without them, the AWS SDK looks in its usual places: variables, profile, the machine's role
 * @param limits how long a server may take before it counts as unavailable
 */
export function createS3Storage(
  location: S3Location,
  credentials?: S3Credentials,
  limits = usualLimits.storage,
): Storage {
  const { bucket, prefix } = location;
  const client = createS3Client(location, credentials, limits);
  const encryption = encryptionOf(location);
  const at = (key: string) => {
    checkKey(key);
    return { Bucket: bucket, Key: `${prefix}${key}` };
  };
  const limit = () => ({ abortSignal: AbortSignal.timeout(limits.wholeMs) });
  const guard = async <T>(operation: Promise<T>): Promise<T> =>
    operation.catch((cause: unknown) => {
      throw translated(cause, bucket);
    });
  const objects: Bucket = { client, bucket, at, limit };

  return {
    async put(key, bytes) {
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32BE(crc32c(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
      const request = new PutObjectCommand({
        ...at(key),
        ...encryption,
        Body: bytes,
        ContentLength: bytes.byteLength,
        ContentType: 'application/octet-stream',
        ChecksumCRC32C: checksum.toString('base64'),
      });
      await guard(client.send(request, limit()));
    },

    async get(key, range) {
      if (range === undefined) return (await fetchObject(objects, key)) ?? Buffer.alloc(0);
      const { start, end } = range;
      // S3 has no empty range; reading one byte also shows whether the object exists.
      const bytes = await fetchObject(objects, key, { start, last: Math.max(start, end - 1) });
      return bytes === undefined || end <= start ? Buffer.alloc(0) : bytes;
    },

    async *list(keyPrefix) {
      checkPrefix(keyPrefix);
      let token: string | undefined;
      do {
        const page = { Bucket: bucket, Prefix: `${prefix}${keyPrefix}`, ContinuationToken: token };
        const { Contents, NextContinuationToken } = await guard(client.send(new ListObjectsV2Command(page), limit()));
        for (const { Key, Size } of Contents ?? []) {
          const key = Key?.slice(prefix.length) ?? '';
          if (isKey(key)) yield { key, bytes: Size ?? 0 };
        }
        token = NextContinuationToken;
      } while (token !== undefined);
    },

    async delete(key) {
      await guard(client.send(new DeleteObjectCommand(at(key)), limit()));
    },

    async check() {
      // A listing, because its error answers have a body with the cause; those of a HEAD have none.
      const request = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 });
      await guard(client.send(request, limit()));
    },
  };
}

/** The inputs of every call. */
interface Bucket {
  readonly client: S3Client;
  readonly bucket: string;
  /** The full key of an object in the bucket. @throws Error for an invalid key */
  readonly at: (key: string) => { Bucket: string; Key: string };
  /** How long the whole call may take. */
  readonly limit: () => { abortSignal: AbortSignal };
}

/**
 * The bytes of an object.
 *
 * @returns undefined when the range begins after the end of the object
 * @throws PortageError `STORAGE_MISSING` when there is no such object, else the error of {@link translated}
 */
async function fetchObject(
  { client, bucket, at, limit }: Bucket,
  key: string,
  range?: { start: number; last: number },
): Promise<Buffer | undefined> {
  const wanted = range === undefined ? {} : { Range: `bytes=${range.start}-${range.last}` };
  const request = new GetObjectCommand({ ...at(key), ...wanted });
  const read = async () => {
    const { Body: body, ContentRange: given } = await client.send(request, limit());
    return { bytes: (await body?.transformToByteArray()) ?? new Uint8Array(0), given };
  };
  const answer = await read().catch((cause: unknown) => {
    const { name, $metadata } = cause as { name?: string; $metadata?: { httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 416) return undefined;
    // Other codes come with status 404 too, for a bucket, an account or a wrong address.
    if (name === 'NoSuchKey') throw new PortageError('STORAGE_MISSING', { detail: key, cause });
    throw translated(cause, bucket);
  });
  if (answer === undefined) return undefined;
  const { bytes, given } = answer;
  // A server may ignore a range (https://www.rfc-editor.org/rfc/rfc9110#section-14.2).
  if (range !== undefined && given?.startsWith(`bytes ${range.start}-`) !== true) {
    throw new PortageError('STORAGE_UNAVAILABLE', { detail: 'the server does not support ranges' });
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function encryptionOf({ serverSideEncryption }: S3Location) {
  if (serverSideEncryption === undefined) return {};
  return {
    ServerSideEncryption: serverSideEncryption.algorithm,
    ...('kmsKeyId' in serverSideEncryption ? { SSEKMSKeyId: serverSideEncryption.kmsKeyId } : {}),
  };
}
