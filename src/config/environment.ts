/** The process's environment; the only file that reads it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import { ConfigError } from './config-error';
import { secretsFromFiles } from './secret-variables';

/** Names and values of variables; an empty value counts as unset. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProcessEnvironment {
  /** Without variables that are empty. */
  readonly environment: Environment;
  /** Absolute path of the `.env` that was read; undefined without one. */
  readonly envFile: string | undefined;
}

/**
 * The process's environment, completed by the file `.env` of a folder; the only place that reads either.
 *
 * The file is read by Node's rules (https://nodejs.org/api/environment_variables.html#env-files), and as with
 * `node --env-file` a variable of the environment takes precedence. Variables from the file are also set in the
 * process's environment, since libraries such as the AWS SDK read their own variables there. Secrets may be in separate
 * files.
 *
 * @param folder the folder of `.env`
 * @throws ConfigError when the file exists and cannot be read
 */
export function processEnvironment(folder = process.cwd()): ProcessEnvironment {
  const path = join(folder, '.env');
  const text = readEnvFile(path);
  for (const [name, value = ''] of Object.entries(parseEnv(text ?? ''))) process.env[name] ??= value;
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  return { environment: { ...set, ...secretsFromFiles(set) }, envFile: text === undefined ? undefined : path };
}

function readEnvFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    const remedy =
      code === 'EISDIR' ? 'it is a folder; rename it, or start Portage in another folder' : 'let this user read it';
    throw new ConfigError([`The file ${path} cannot be read (${code}); ${remedy}`]);
  }
}
