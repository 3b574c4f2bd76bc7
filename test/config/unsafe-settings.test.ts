// Server and worker refuse settings that put data at risk, unless the operator has allowed each by name.
import { randomBytes } from 'node:crypto';

import { ConfigError, findUnsafe, loadConfig, refuseUnsafe } from '../../src/config';

const KMS_KEY_ARN = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd';
const random = () => randomBytes(32).toString('base64');
const safe = { VAULT_KEYS: `k1:${random()}`, GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret' };
const foundIn = (changes: Record<string, string>) => [...findUnsafe(loadConfig({ ...safe, ...changes })).keys()];

it('the defaults are safe', () => {
  expect(foundIn({})).toEqual([]);
});

it.each<[string, Record<string, string>]>([
  ['emulator', { GOOGLE_EMULATOR_URL: 'http://emulator:8085' }],
  ['emulator', { GOOGLE_EMULATOR_URL: 'http://10.0.0.7:8085' }],
  ['emulator', { GOOGLE_EMULATOR_URL: 'https://127.example.com' }],
  ['plain-http', { PUBLIC_URL: 'http://portage.example.com' }],
  ['plain-http', { PUBLIC_URL: 'http://203.0.113.7:3000' }],
  ['plain-http', { PUBLIC_URL: 'http://[2001:db8::1]:3000' }],
  ['plain-http', { PUBLIC_URL: 'http://127.0.0.1.example.com' }],
  ['weak-vault-key', { VAULT_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` }],
  ['weak-vault-key', { VAULT_KEYS: `new:${random()},old:${Buffer.from('ab'.repeat(16)).toString('base64')}` }],
  ['readable-payloads', { TEMPORAL_PAYLOADS: 'readable', TEMPORAL_ADDRESS: 'portage.a1b2c.tmprl.cloud:7233' }],
  ['readable-payloads', { TEMPORAL_PAYLOADS: 'readable', TEMPORAL_ADDRESS: '198.51.100.4:7233' }],
  ...[
    'postgres://portage:secret@db.example.com/portage',
    'postgres://portage:secret@10.0.0.7:5432/portage',
    'postgres://portage:secret@db/portage',
    'postgres://portage:secret@[2001:db8::1]/portage',
    'postgres://portage:secret@localhost.example.com/portage',
    'postgres://portage:secret@db/portage?sslmode=disable',
    'postgres://portage:secret@db/portage?sslmode=prefer',
    'postgres://portage:secret@db/portage?sslmode=no-verify',
    'postgres://portage:secret@db/portage?sslmode=verify-full&sslmode=disable',
    'postgres://portage:secret@db/portage?ssl=true&sslmode=disable',
    'postgres://portage:secret@db/portage?ssl=false',
    'postgres://portage:secret@db/portage?sslmode=require&uselibpqcompat=true',
    'postgres://portage:secret@localhost/portage?host=db.example.com',
    // The host is then the one in PGHOST, if any.
    'postgres:///portage',
  ].map((DATABASE_URL): [string, Record<string, string>] => ['database-without-tls', { DATABASE_URL }]),
  [
    'database-without-tls',
    { DATABASE_URL: 'postgres://app@localhost/portage', DATABASE_OWNER_URL: 'postgres://owner@db/portage' },
  ],
  ['storage-without-tls', { STORAGE_URL: 's3://my-bucket?endpoint=http://minio.example.com:9000' }],
  ['storage-without-tls', { STORAGE_URL: 's3://my-bucket?endpoint=http://10.0.0.7:9000' }],
  ['kms-without-tls', { KMS_KEY_ARN, KMS_ENDPOINT: 'http://kms:4000' }],
  // KMS opens what it has sealed before, also when it seals nothing any more.
  ['kms-without-tls', { KMS_ENDPOINT: 'http://kms:4000' }],
])('%s is found in %j', (setting, changes) => {
  expect(foundIn(changes)).toEqual([setting]);
});

it.each([
  { GOOGLE_EMULATOR_URL: 'http://localhost:8085' },
  { GOOGLE_EMULATOR_URL: 'http://127.0.0.1:8085' },
  { GOOGLE_EMULATOR_URL: 'http://[::1]:8085' },
  { PUBLIC_URL: 'https://portage.example.com' },
  { PUBLIC_URL: 'http://portage.localhost:3000' },
  { PUBLIC_URL: 'http://192.168.1.4:3000' },
  { TEMPORAL_PAYLOADS: 'readable' },
  { TEMPORAL_PAYLOADS: 'readable', TEMPORAL_ADDRESS: 'temporal:7233' },
  { TEMPORAL_PAYLOADS: 'readable', TEMPORAL_ADDRESS: '172.20.0.3:7233' },
  { TEMPORAL_ADDRESS: 'portage.a1b2c.tmprl.cloud:7233' },
  ...[
    'postgres://portage:secret@localhost:5432/portage',
    'postgres://portage:secret@127.0.0.1/portage',
    'postgres://portage:secret@[::1]/portage',
    'postgres://portage:secret@LOCALHOST/portage',
    'postgres:///portage?host=/run/postgresql',
    'postgres://portage:secret@db.example.com/portage?host=/run/postgresql',
    'postgres://portage:secret@%2Frun%2Fpostgresql/portage',
    'postgres://portage:secret@db.example.com/portage?sslmode=verify-full',
    'postgres://portage:secret@db.example.com/portage?sslmode=require',
    'postgres://portage:secret@db.example.com/portage?sslmode=verify-full&uselibpqcompat=true&sslrootcert=/ca.pem',
    'postgres://portage:secret@db.example.com/portage?ssl=true',
  ].map((DATABASE_URL) => ({ DATABASE_URL })),
  { STORAGE_URL: 's3://my-bucket?region=eu-central-1' },
  { STORAGE_URL: 's3://my-bucket?endpoint=https://minio.example.com:9000' },
  { STORAGE_URL: 's3://my-bucket?endpoint=http://127.0.0.1:9000' },
  { KMS_KEY_ARN, KMS_ENDPOINT: 'https://kms.example.com' },
  { KMS_KEY_ARN, KMS_ENDPOINT: 'http://localhost:4000' },
])('nothing is found in %j', (changes) => {
  expect(foundIn(changes)).toEqual([]);
});

it('no random key of ten thousand counts as weak', () => {
  const vaultKeys = Array.from({ length: 10_000 }, (_, number) => ({ id: String(number), key: randomBytes(32) }));
  expect(findUnsafe({ ...loadConfig(safe), vaultKeys })).toEqual(new Map());
});

it('every unsafe setting is named with its remedy, and never a key', () => {
  const weak = Buffer.alloc(32, 5).toString('base64');
  const config = loadConfig({ ...safe, VAULT_KEYS: `k1:${weak}`, PUBLIC_URL: 'http://portage.example.com' });
  const refusal = () => refuseUnsafe(config);
  expect(refusal).toThrow(ConfigError);
  expect(refusal).toThrow(
    /PUBLIC_URL is http:\/\/portage\.example\.com, .*; use https\..*add "plain-http" to ALLOW_UNSAFE/,
  );
  expect(refusal).toThrow(/VAULT_KEYS holds a key that is not random \(k1\); make one with: .*"weak-vault-key"/);
  expect(refusal).not.toThrow(new RegExp(weak.slice(0, 20)));
});

it('a connection without TLS is named with its remedy, and never with a password', () => {
  const refusal = (allowed: string) => () =>
    refuseUnsafe(
      loadConfig({
        ...{ ...safe, KMS_KEY_ARN, KMS_ENDPOINT: 'http://kms:4000', ALLOW_UNSAFE: allowed },
        DATABASE_URL: 'postgres://portage:a-secret-word@db.example.com/portage',
        DATABASE_OWNER_URL: 'postgres://owner:a-secret-word@db2.example.com/portage',
        STORAGE_URL: 's3://my-bucket?endpoint=http://minio:9000',
      }),
    );
  expect(refusal('')).toThrow(
    /DATABASE_URL leads to db\.example\.com, .*; add \?sslmode=verify-full to it.*add "database-without-tls" to ALLOW_UNSAFE/,
  );
  expect(refusal('')).toThrow(/DATABASE_OWNER_URL leads to db2\.example\.com, /);
  expect(refusal('')).toThrow(/endpoint http:\/\/minio:9000, .*; use https.*add "storage-without-tls" to ALLOW_UNSAFE/);
  expect(refusal('')).toThrow(
    /KMS_ENDPOINT is http:\/\/kms:4000, .*; use https.*add "kms-without-tls" to ALLOW_UNSAFE/,
  );
  expect(refusal('')).not.toThrow('a-secret-word');
  expect(refusal('database-without-tls, storage-without-tls, kms-without-tls')).not.toThrow();
});

it('settings that are allowed by name do not keep them from starting, and the rest does', () => {
  const unsafe = { ...safe, PUBLIC_URL: 'http://portage.example.com', GOOGLE_EMULATOR_URL: 'http://emulator:8085' };
  expect(() => refuseUnsafe(loadConfig({ ...unsafe, ALLOW_UNSAFE: 'plain-http, emulator' }))).not.toThrow();
  expect(() => refuseUnsafe(loadConfig({ ...unsafe, ALLOW_UNSAFE: 'plain-http' }))).toThrow(/GOOGLE_EMULATOR_URL/);
});
