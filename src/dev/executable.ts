/** Finds programs and checks that they run. */
import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** True when the path is a file that may be executed. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/**
 * The first program of that name in the folders of a PATH.
 *
 * @param path the value of PATH; undefined counts as empty
 */
export async function onPath(name: string, path: string | undefined): Promise<string | undefined> {
  for (const folder of (path ?? '').split(delimiter)) {
    if (folder !== '' && (await isExecutable(join(folder, name)))) return join(folder, name);
  }
  return undefined;
}

/** A program that answers within a second took 20 seconds on a busy machine. */
const answerLimitMs = 60_000;

/**
 * Runs a program to its end, by default one that ends at once, such as `temporal --version`.
 *
 * @returns its output, or the reason of its failure
 */
export function ask(
  program: string,
  args: readonly string[],
  limitMs = answerLimitMs,
): Promise<{ output: string } | { failure: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: limitMs }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      if (error === null) resolve({ output });
      else if (error.killed === true) resolve({ failure: `no answer within ${limitMs / 1000} seconds` });
      else resolve({ failure: output === '' ? error.message : lastLines(output, 8) });
    });
  });
}

/** The end of a long output, which usually contains the reason of a failure. */
export function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n');
}
