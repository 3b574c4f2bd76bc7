// Server and worker refuse settings that put data at risk, unless whoever runs them has allowed each by name.
import { randomBytes } from 'node:crypto';

import { ConfigError, findUnsafe, loadConfig, refuseUnsafe } from '../../src/config';

const random = () => randomBytes(32).toString('base64');
const safe = { VAULT_KEYS: `k1:${random()}`, GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret' };
const foundIn = (changes: Record<string, string>) => [...findUnsafe(loadConfig({ ...safe, ...changes })).keys()];

it('the defaults are safe', () => {
  expect(foundIn({})).toEqual([]);
});

it.each([
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

it('what is allowed by name does not keep them from starting, and the rest does', () => {
  const unsafe = { ...safe, PUBLIC_URL: 'http://portage.example.com', GOOGLE_EMULATOR_URL: 'http://emulator:8085' };
  expect(() => refuseUnsafe(loadConfig({ ...unsafe, ALLOW_UNSAFE: 'plain-http, emulator' }))).not.toThrow();
  expect(() => refuseUnsafe(loadConfig({ ...unsafe, ALLOW_UNSAFE: 'plain-http' }))).toThrow(/GOOGLE_EMULATOR_URL/);
});
