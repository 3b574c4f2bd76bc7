/** Looks for programs and asks them whether they work. */
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

/** What answers within a second has taken 20 seconds on a machine that was busy with much else. */
const answerLimitMs = 60_000;

/**
 * Runs a program to its end, by default one that answers at once, such as `temporal --version`.
 *
 * @returns what it printed, or why it failed
 */
export function ask(
  program: string,
  args: readonly string[],
  limitMs = answerLimitMs,
): Promise<{ output: string } | { failure: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: limitMs }, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      if (error === null) resolve({ output: said });
      else if (error.killed === true) resolve({ failure: `no answer within ${limitMs / 1000} seconds` });
      else resolve({ failure: said === '' ? error.message : lastLines(said, 8) });
    });
  });
}

/** The end of a long output, where the reason of a failure usually stands. */
export function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n');
}
