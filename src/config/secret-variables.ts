/** Variables whose values are secrets: no error shows them, and each may be in a file instead. */
import { readFileSync } from 'node:fs';

import { ConfigError } from './config-error';
import type { VariableName } from './variables';

export const secretVariables: readonly VariableName[] = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'S3_SECRET_ACCESS_KEY',
  'VAULT_KEYS',
  'GOOGLE_CLIENT_SECRET',
  'TEMPORAL_API_KEY',
];

/** The largest file that may contain a secret. */
const mostBytes = 64 * 1024;

/**
 * Reads secrets from files, as container platforms provide them: `VAULT_KEYS_FILE` names the file with the value of
 * `VAULT_KEYS`. Line breaks at its end are removed.
 *
 * @param set names and values, without empty ones
 * @returns the values by the names of the secrets
 * @throws ConfigError naming each file that cannot be read, and each secret that is set twice
 */
export function secretsFromFiles(set: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const faults: string[] = [];
  const secrets: Record<string, string> = {};
  for (const name of secretVariables) {
    const path = set[`${name}_FILE`];
    if (path === undefined) continue;
    if (set[name] !== undefined) faults.push(`${name} and ${name}_FILE are both set; unset one of them`);
    else {
      const read = readSecret(path);
      if (typeof read === 'string') secrets[name] = read;
      else faults.push(`${name}_FILE "${path}" ${read.fault}`);
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return secrets;
}

function readSecret(path: string): string | { readonly fault: string } {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > mostBytes) return { fault: `has ${bytes.length} bytes; name a file that holds the value alone` };
    const value = bytes.toString('utf8').replace(/[\r\n]+$/, '');
    return value === '' ? { fault: 'is empty; write the value into it' } : value;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return { fault: `cannot be read (${code}); name a file that this user can read` };
  }
}
