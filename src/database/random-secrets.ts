/** Secrets of 256 random bits, such as a connect link's, and the hashes under which the database finds them. */
import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 in hexadecimal: enough for secrets of 256 random bits, which cannot be guessed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** 256 random bits in base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
