/**
 * A data folder belongs to one running instance (`portage dev`): its lock, and its file `instance.json` in the folder.
 * Imports nothing but Node's own modules, since tools/run.mjs imports it before the packages are installed.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { isLocked, lockFile, lockHolder } from './file-lock';

/** The content of `instance.json` in the data folder. A null is not known yet, or does not exist. */
export interface Instance {
  readonly pid: number;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly urls: {
    readonly portage: string | null;
    readonly demoApp: string | null;
    /** The emulator in place of Google, here or elsewhere. */
    readonly emulator: string | null;
    /** Also null when Temporal runs elsewhere. */
    readonly temporalUi: string | null;
  };
  /** Host and port, once the instance's Temporal answers. */
  readonly temporalAddress: string | null;
}

export interface HeldInstance {
  /** Writes the facts that are known so far into `instance.json`, readable by its owner only. */
  publish(facts: Pick<Instance, 'urls' | 'temporalAddress'>): void;
  /** Removes `instance.json` and releases the folder. */
  release(): void;
}

/** Thrown when the data folder belongs to a running instance; the message names it and the remedy. */
export class InstanceRunning extends Error {
  override readonly name = 'InstanceRunning';
}

/** Absolute path of the data folder that an environment names. */
export function dataFolderOf(environment: Readonly<Record<string, string | undefined>>): string {
  return resolve(environment['DATA_DIR'] ?? '.portage');
}

const lockOf = (dataDir: string) => join(dataDir, 'instance.lock');
const factsOf = (dataDir: string) => join(dataDir, 'instance.json');

/**
 * Locks the data folder for this process, before anything else in it is used.
 *
 * @param dataDir absolute path; created if missing
 * @throws InstanceRunning when another instance has it
 */
export async function holdInstance(dataDir: string): Promise<HeldInstance> {
  const lock = await lockFile(lockOf(dataDir));
  if (lock === undefined) throw refusal(dataDir);
  const own = { pid: process.pid, startedAt: new Date().toISOString() };
  const publish: HeldInstance['publish'] = (facts) => {
    const unfinished = `${factsOf(dataDir)}.new`;
    writeFileSync(unfinished, `${JSON.stringify({ ...own, ...facts }, null, 2)}\n`, { mode: 0o600 });
    renameSync(unfinished, factsOf(dataDir));
  };
  publish({ urls: { portage: null, demoApp: null, emulator: null, temporalUi: null }, temporalAddress: null });
  return {
    publish,
    release() {
      rmSync(factsOf(dataDir), { force: true });
      lock.release();
    },
  };
}

/**
 * The facts of the running instance of the data folder.
 *
 * @returns undefined when none runs; the file of a killed instance does not count
 */
export function runningInstance(dataDir: string): Instance | undefined {
  if (!isLocked(lockOf(dataDir))) return undefined;
  try {
    const instance = JSON.parse(readFileSync(factsOf(dataDir), 'utf8')) as Instance;
    // A new instance may have the lock, and not yet have replaced the facts of the last one.
    return instance.pid === lockHolder(lockOf(dataDir)) ? instance : undefined;
  } catch {
    return undefined;
  }
}

/** @throws InstanceRunning when an instance has the data folder; changes nothing in it */
export function refuseSecondInstance(dataDir: string): void {
  if (isLocked(lockOf(dataDir))) throw refusal(dataDir);
}

function refusal(dataDir: string): InstanceRunning {
  const instance = runningInstance(dataDir);
  const pid = instance?.pid ?? lockHolder(lockOf(dataDir));
  const url = instance?.urls.portage ?? undefined;
  const facts = [
    `process ${pid === undefined ? 'unknown' : String(pid)}`,
    ...(instance === undefined ? [] : [`since ${instance.startedAt}`]),
    url === undefined ? 'still starting' : `at ${url}`,
  ];
  return new InstanceRunning(
    `Portage already runs in the data folder ${dataDir} (${facts.join(', ')}).\n` +
      `${url === undefined ? 'Wait for that one' : `Use that one: ${url}`}, ` +
      `or stop it (Ctrl-C in its terminal${pid === undefined ? '' : `, or: kill ${pid}`}), ` +
      'or start another one with its own folder: DATA_DIR=other npm start',
  );
}
