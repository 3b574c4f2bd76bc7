/**
 * The format of an API key: `ptg_`, 256 random bits and a checksum, in base62. Secret scanners recognise it without
 * asking Portage, and a mistyped key is refused without a database query.
 */
import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const prefix = 'ptg_';
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^43 is more than 2^256, and 62^6 more than 2^32. */
const randomLength = 43;
const checksumLength = 6;
const current = new RegExp(`^${prefix}[0-9A-Za-z]{${randomLength + checksumLength}}$`);
/** Keys of releases before 0.2.0 have no checksum. */
const earlier = /^pk_[\w-]{43}$/;

/** A new key such as `ptg_4Zk…`, 53 characters long. */
export function newApiKey(): string {
  const value = BigInt(`0x${randomBytes(32).toString('hex')}`);
  const unchecked = prefix + base62(value, randomLength);
  return unchecked + checksum(unchecked);
}

export function isWellFormedApiKey(key: string): boolean {
  if (isEarlierApiKey(key)) return true;
  return current.test(key) && checksum(key.slice(0, -checksumLength)) === key.slice(-checksumLength);
}

export function isEarlierApiKey(key: string): boolean {
  return earlier.test(key);
}

const checksum = (text: string) => base62(BigInt(crc32(text)), checksumLength);

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = (digits[Number(rest % 62n)] ?? '') + text;
  return text;
}
