// docs/operating.md lists every command of the program, and no other.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Command } from 'commander';

import { readCommandLine } from './documented-commands';

/** The names of all commands that do something themselves, such as `consents list`. */
function namesOf(command: Command): string[] {
  const below = command.commands.flatMap((each) => namesOf(each).map((name) => `${each.name()} ${name}`.trim()));
  const isRun = command.commands.length === 0 || command.registeredArguments.length > 0;
  return isRun ? ['', ...below] : below;
}

/** The names of the commands in the first column of the tables, without arguments and options. */
const listedIn = (page: string): string[] =>
  [...page.matchAll(/^\| `portage ((?:[a-z][a-z-]*\s?)+)[^`]*`/gm)].map(([, name = '']) => name.trim());

it('docs/operating.md lists every command', async () => {
  const defined = namesOf(await readCommandLine());
  expect(defined.length).toBeGreaterThan(20);
  const listed = listedIn(readFileSync(join(__dirname, '..', '..', 'docs', 'operating.md'), 'utf8'));
  expect([...new Set(listed)].toSorted()).toEqual(defined.toSorted());
});

it('the check reads names without arguments and options, and no text', () => {
  const page = '| `portage a b-c <d> [e]` | `portage f` |\n| `portage g --h` |\n`portage i` in a text\n';
  expect(listedIn(page)).toEqual(['a b-c', 'g']);
});
