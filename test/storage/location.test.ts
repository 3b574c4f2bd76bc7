// STORAGE_URL is read whole or refused with the correct form.
import { parseStorageUrl } from '../../src/storage/location';

const s3 = (changes: object) => ({
  kind: 's3',
  bucket: 'my-bucket',
  prefix: '',
  region: undefined,
  endpoint: undefined,
  forcePathStyle: false,
  serverSideEncryption: undefined,
  ...changes,
});
const minio = { endpoint: 'https://minio.example.com:9000', region: 'us-east-1', forcePathStyle: true };
const at = 'endpoint=https://minio.example.com:9000';

describe('a STORAGE_URL', () => {
  it.each([
    ['file:///var/lib/portage', { kind: 'folder', root: '/var/lib/portage' }],
    ['file:///var/lib/with%20space', { kind: 'folder', root: '/var/lib/with space' }],
    ['s3://my-bucket', s3({})],
    ['s3://my-bucket/', s3({})],
    ['s3://my-bucket/portage', s3({ prefix: 'portage/' })],
    ['s3://my-bucket/Team_A/portage.v1/', s3({ prefix: 'Team_A/portage.v1/' })],
    ['s3://my-bucket?region=eu-central-1', s3({ region: 'eu-central-1' })],
    [`s3://my-bucket?${at}`, s3(minio)],
    ['s3://my-bucket?endpoint=https%3A%2F%2Fminio.example.com%3A9000', s3(minio)],
    [
      `s3://my-bucket?${at}&region=nl-ams&forcePathStyle=false`,
      s3({ ...minio, region: 'nl-ams', forcePathStyle: false }),
    ],
    ['s3://my-bucket?forcePathStyle=true', s3({ forcePathStyle: true })],
    ['s3://my-bucket?serverSideEncryption=AES256', s3({ serverSideEncryption: { algorithm: 'AES256' } })],
    [
      's3://my-bucket?serverSideEncryption=aws:kms',
      s3({ serverSideEncryption: { algorithm: 'aws:kms', kmsKeyId: undefined } }),
    ],
    [
      's3://my-bucket?serverSideEncryption=aws:kms&sseKmsKeyId=arn:aws:kms:eu-central-1:111122223333:key/1234abcd',
      s3({
        serverSideEncryption: {
          algorithm: 'aws:kms',
          kmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd',
        },
      }),
    ],
  ])('%s is read', (text, location) => expect(parseStorageUrl(text)).toEqual(location));

  it.each([
    ['/var/lib/portage', 'is neither a file: nor an s3: URL; write for example "file:///var/lib/portage"'],
    ['https://my-bucket.s3.amazonaws.com', 'is neither a file: nor an s3: URL'],
    ['file://server/share', 'three slashes in all'],
    ['file:///var/lib?region=eu', 'three slashes in all'],
    ['file:///var%2Flib', 'is no path of this machine'],
    ['file:///var/%00', 'is no path of this machine'],
    ['s3://', 'names no bucket'],
    ['s3://b', '3 to 63'],
    ['s3://my', '3 to 63'],
    ['s3://My-Bucket', '3 to 63'],
    [`s3://${'b'.repeat(64)}`, '3 to 63'],
    ['s3://-my-bucket', '3 to 63'],
    ['s3://my-bucket:9000', 'names a port; write'],
    ['s3://key:secret@my-bucket', 'holds credentials'],
    ['s3://my-bucket/a//b', 'single slashes'],
    ['s3://my-bucket/a%20b', 'single slashes'],
    ['s3://my-bucket/a#b', 'single slashes'],
    ['s3://my-bucket?path-style=true', 'sets "path-style"; once each may be set: region, endpoint, forcePathStyle'],
    ['s3://my-bucket?region=a&region=b', 'sets "region"; once each may be set'],
    ['s3://my-bucket?region=', 'has a region that is not like "eu-central-1"'],
    ['s3://my-bucket?endpoint=minio:9000', 'has an endpoint that is not like'],
    ['s3://my-bucket?endpoint=https://key:secret@minio', 'has an endpoint that is not like'],
    ['s3://my-bucket?forcePathStyle=yes', 'neither "true" nor "false"'],
    ['s3://my-bucket?serverSideEncryption=rot13', 'neither "AES256" nor "aws:kms"'],
    ['s3://my-bucket?sseKmsKeyId=1234abcd', 'that needs serverSideEncryption=aws:kms'],
    ['s3://my-bucket?serverSideEncryption=AES256&sseKmsKeyId=1234abcd', 'that needs serverSideEncryption=aws:kms'],
  ])('%s is refused, with what helps', (text, words) => expect(() => parseStorageUrl(text)).toThrow(words));
});
