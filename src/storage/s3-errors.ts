/** Translates errors of S3 and of the connection to it. */
import { PortageError } from '../domain/error-codes';

/** The codes for a full storage: Amazon never sends one; versitygw, Ceph and MinIO do. */
const noRoom = new Set(['InsufficientStorage', 'QuotaExceeded', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded']);

const unknownKey = 'the server does not know the access key; check S3_ACCESS_KEY_ID';

/** The remedies for the usual error codes, for an operator. */
const remedies: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: unknownKey,
  // versitygw's code for it.
  XAdminUserNotFound: unknownKey,
  SignatureDoesNotMatch: 'the secret does not fit the access key; check S3_SECRET_ACCESS_KEY',
  AccessDenied: 'the credentials lack a right; they need s3:PutObject, GetObject, DeleteObject and ListBucket',
  PermanentRedirect: 'the bucket is in another region; set region in STORAGE_URL',
  AuthorizationHeaderMalformed: 'the server expects another region; set region in STORAGE_URL',
  AbortError: 'no answer in time',
  TimeoutError: 'no answer in time',
  'Region is missing': 'set region in STORAGE_URL',
  CredentialsProviderError: 'there are no credentials; set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY',
};

/** @returns `STORAGE_FULL` or `STORAGE_UNAVAILABLE`, with the server's own code and the remedy */
export function translated(cause: unknown, bucket: string): PortageError {
  const word = wordOf(cause);
  const { httpStatusCode } = (cause as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  if (httpStatusCode === 507 || noRoom.has(word)) return new PortageError('STORAGE_FULL', { detail: word, cause });
  const remedy =
    word === 'NoSuchBucket' ? `there is no bucket "${bucket}"; make it, or correct STORAGE_URL` : remedies[word];
  return new PortageError('STORAGE_UNAVAILABLE', { detail: remedy === undefined ? word : `${word}: ${remedy}`, cause });
}

/** The code of a system error or of an AWS service; other texts may contain anything and are for the log only. */
export function wordOf(cause: unknown): string {
  const { code, name, message } = cause as { code?: unknown; name?: unknown; message?: unknown };
  const word = [code, name].find((each) => typeof each === 'string' && /^[A-Za-z][\w.]{1,60}$/.test(each));
  if (typeof word === 'string' && word !== 'Error') return word;
  if (message === 'Region is missing') return message;
  // The SDK wraps errors that are not of its own realm, and keeps only their texts.
  return /\bE[A-Z]{4,20}\b/.exec(String(message))?.[0] ?? 'unknown cause';
}
