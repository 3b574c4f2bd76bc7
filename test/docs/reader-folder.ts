/** The folder and the environment in which a reader types the documented commands. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { findTemporal } from '../../src/dev/temporal-server';
import { cacheDir } from '../support/cache-dir';
import { temporalAddress } from '../support/portage';

const root = join(__dirname, '..', '..');
/** Files that a reader has, or gets by running something, and that a clone does not contain. */
const notCloned = new Set(['.git', '.portage', '.env']);

export interface ReaderFolder {
  /** Like the clone: a link to everything in the repository. */
  readonly folder: string;
  /** Folder for files that are not the reader's; contains the other one. */
  readonly scratch: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): void;
}

/** With the settings by which npm reaches its registry from this machine; the reader's home folder is a new one. */
function networkSettings(): Record<string, string> {
  const names = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];
  const set = names.flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { npm_config_userconfig: join(homedir(), '.npmrc'), ...Object.fromEntries(set) };
}

/** @param variables of the environment, in addition to path, home and the address of the test run's Temporal server */
export async function createReaderFolder(variables: Readonly<Record<string, string>>): Promise<ReaderFolder> {
  // Short names: the path of a socket in the folder is limited to about a hundred characters.
  const scratch = mkdtempSync(join(tmpdir(), 'portage-docs-'));
  const folder = join(scratch, 'clone');
  mkdirSync(folder);
  for (const name of readdirSync(root)) if (!notCloned.has(name)) symlinkSync(join(root, name), join(folder, name));
  // Makes curl fail at an answer that is an error. A reader sees the error itself, so the commands do not ask for it.
  writeFileSync(join(scratch, '.curlrc'), 'fail-with-body\n');
  const toolDir = join(root, 'tools', 'temporal');
  const temporal = await findTemporal({ path: process.env['PATH'], cacheDir, toolDir, report: () => undefined });
  return {
    folder,
    scratch,
    environment: {
      PATH: [dirname(process.execPath), dirname(temporal), process.env['PATH'] ?? ''].join(delimiter),
      HOME: scratch,
      CURL_HOME: scratch,
      TEMPORAL_ADDRESS: await temporalAddress(),
      ...networkSettings(),
      ...variables,
    },
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}
