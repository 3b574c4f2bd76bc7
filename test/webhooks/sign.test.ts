// Signatures as receivers verify them: HMAC with the library of Standard Webhooks, ed25519 with Node's own.
import { createPublicKey, verify } from 'node:crypto';

import { Webhook } from 'standardwebhooks';

import { newSecrets, publicKeyOf, signedHeaders } from '../../src/webhooks/sign';

const payload = '{"type":"consent.paused","data":{}}';
const id = 'evt_01jd8m6n5ze3bv9d2rm4w5x6y7';
const secrets = newSecrets();
const sign = (at: Date, all = [secrets]) => signedHeaders({ id, payload, at }, all);

/** As in docs/webhooks.md: the public key is 32 bytes, to which DER's beginning for ed25519 is added. */
function isSigned(headers: Record<string, string>, body: string, publicKey: string): boolean {
  const raw = Buffer.from(publicKey.replace('whpk_', ''), 'base64');
  const key = createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der',
    type: 'spki',
  });
  const signed = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  return (headers['webhook-signature'] ?? '')
    .split(' ')
    .filter((each) => each.startsWith('v1a,'))
    .some((each) => verify(null, signed, key, Buffer.from(each.slice(4), 'base64')));
}

it('a webhook is verified with either key, and a forged one with none', () => {
  const headers = sign(new Date());
  expect(new Webhook(secrets.hmac).verify(payload, headers)).toEqual(JSON.parse(payload));
  expect(isSigned(headers, payload, publicKeyOf(secrets))).toBe(true);

  const forged = payload.replace('paused', 'resumed');
  expect(() => new Webhook(secrets.hmac).verify(forged, headers)).toThrow('No matching signature');
  expect(isSigned(headers, forged, publicKeyOf(secrets))).toBe(false);
  const renamed = { ...headers, 'webhook-id': 'evt_other' };
  expect(() => new Webhook(secrets.hmac).verify(payload, renamed)).toThrow('No matching signature');
  expect(isSigned(renamed, payload, publicKeyOf(secrets))).toBe(false);
  expect(() => new Webhook(newSecrets().hmac).verify(payload, headers)).toThrow('No matching signature');
  expect(isSigned(headers, payload, publicKeyOf(newSecrets()))).toBe(false);
});

it('a webhook that is older than five minutes is refused', () => {
  const late = sign(new Date(Date.now() - 5.1 * 60_000));
  expect(() => new Webhook(secrets.hmac).verify(payload, late)).toThrow('too old');
});

it('during a rotation, the former and the present secrets verify', () => {
  const former = newSecrets();
  const headers = sign(new Date(), [secrets, former]);
  expect((headers['webhook-signature'] ?? '').split(' ').map((each) => each.split(',')[0])).toEqual([
    ...['v1', 'v1a', 'v1', 'v1a'],
  ]);
  for (const each of [secrets, former]) {
    expect(() => new Webhook(each.hmac).verify(payload, headers)).not.toThrow();
    expect(isSigned(headers, payload, publicKeyOf(each))).toBe(true);
  }
});
