/** Reads STORAGE_URL: a folder of this machine, or a bucket with all settings that S3 needs. */
import { fileURLToPath } from 'node:url';

/** How S3 is to encrypt the objects, which are sealed already. */
export type ServerSideEncryption =
  { readonly algorithm: 'AES256' } | { readonly algorithm: 'aws:kms'; readonly kmsKeyId: string | undefined };

export interface S3Location {
  readonly kind: 's3';
  readonly bucket: string;
  /** Empty, or ends with a slash; the prefix of every key. */
  readonly prefix: string;
  /** Without it, the AWS SDK looks for the region in its usual places. */
  readonly region: string | undefined;
  /** Base URL of a server other than Amazon's. */
  readonly endpoint: string | undefined;
  /** Whether the bucket is in the path of the URL, not in the host name. */
  readonly forcePathStyle: boolean;
  readonly serverSideEncryption: ServerSideEncryption | undefined;
}

export interface FolderLocation {
  readonly kind: 'folder';
  /** Absolute path. */
  readonly root: string;
}

export type StorageLocation = FolderLocation | S3Location;

const examples = 'write for example "file:///var/lib/portage" or "s3://my-bucket/portage?region=eu-central-1"';

/**
 * @param text `file:///absolute/folder`, or `s3://bucket/prefix?region=…&endpoint=…&forcePathStyle=…` with
 *   `&serverSideEncryption=AES256` or `aws:kms` and `&sseKmsKeyId=…` (docs/storage.md)
 * @throws Error with the fault and the remedy; its text follows the words "STORAGE_URL …"
 */
export function parseStorageUrl(text: string): StorageLocation {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'file:') return parseFolder(url);
  if (url?.protocol === 's3:') return parseBucket(url);
  throw new Error(`is neither a file: nor an s3: URL; ${examples}`);
}

function parseFolder(url: URL): FolderLocation {
  if (url.host !== '' || url.search !== '' || url.hash !== '') {
    throw new Error('names more than a folder; write "file://" and the absolute path, three slashes in all');
  }
  if (/%(2f|00)/i.test(url.pathname)) throw new Error(`is no path of this machine; ${examples}`);
  return { kind: 'folder', root: fileURLToPath(url) };
}

/** Three to 63 of these (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html). */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** Leaves room for a key, of the 1,024 bytes that S3 allows. */
const longestPrefix = 400;
const settings = ['region', 'endpoint', 'forcePathStyle', 'serverSideEncryption', 'sseKmsKeyId'];

function parseBucket(url: URL): S3Location {
  if (url.username !== '' || url.password !== '') {
    throw new Error('holds credentials; write them in S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY');
  }
  if (url.port !== '') throw new Error('names a port; write the server as ?endpoint=https://host:port');
  if (!bucketName.test(url.host)) {
    throw new Error('names no bucket; S3 wants 3 to 63 lower-case letters, digits, dots and hyphens');
  }
  const unknown = [...url.searchParams.keys()].find(
    (name, index, names) => !settings.includes(name) || names.indexOf(name) !== index,
  );
  if (unknown !== undefined) throw new Error(`sets "${unknown}"; once each may be set: ${settings.join(', ')}`);
  const path = url.pathname.replace(/^\/|\/$/g, '');
  if (!/^([A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*)?$/.test(path) || path.length > longestPrefix || url.hash !== '') {
    throw new Error('has a prefix that is not made of letters, digits, "_", ".", "-" and single slashes');
  }
  const setting = (name: string) => url.searchParams.get(name) ?? undefined;
  const endpoint = parseEndpoint(setting('endpoint'));
  return {
    kind: 's3',
    bucket: url.host,
    prefix: path === '' ? '' : `${path}/`,
    // Servers other than Amazon's have one region, and this is its usual name.
    region: parseRegion(setting('region')) ?? (endpoint === undefined ? undefined : 'us-east-1'),
    endpoint,
    forcePathStyle: parseBoolean(setting('forcePathStyle')) ?? endpoint !== undefined,
    serverSideEncryption: parseEncryption(setting('serverSideEncryption'), setting('sseKmsKeyId')),
  };
}

function parseRegion(text: string | undefined): string | undefined {
  if (text === undefined || /^[a-z0-9-]{1,63}$/i.test(text)) return text;
  throw new Error('has a region that is not like "eu-central-1"');
}

function parseEndpoint(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.username === '';
  if (!plain) throw new Error('has an endpoint that is not like "https://s3.example.com"');
  return text;
}

function parseBoolean(text: string | undefined): boolean | undefined {
  if (text === undefined || text === 'true' || text === 'false')
    return text === undefined ? undefined : text === 'true';
  throw new Error('has a forcePathStyle that is neither "true" nor "false"');
}

function parseEncryption(
  algorithm: string | undefined,
  kmsKeyId: string | undefined,
): S3Location['serverSideEncryption'] {
  if (algorithm === 'aws:kms') return { algorithm, kmsKeyId };
  if (kmsKeyId !== undefined) throw new Error('names a KMS key; that needs serverSideEncryption=aws:kms as well');
  if (algorithm === undefined) return undefined;
  if (algorithm === 'AES256') return { algorithm };
  throw new Error('has a serverSideEncryption that is neither "AES256" nor "aws:kms"');
}
