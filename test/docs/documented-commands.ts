/** Commands as the documentation names them, held against the real command line and the scripts of package.json. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { Command, CommanderError, type Option } from 'commander';

import packageJson from '../../package.json';
import type { InlineCode } from './markdown';

/** Placeholders for values in a usage: `<consent-id>`, `[resource]`, `DIR`, `…`. */
const placeholder = /^(<.*>|\[.*\]|[A-Z][A-Z_]*|.*….*)$/;

const commandsFolder = join(__dirname, '..', '..', 'src', 'commands');
/** Of no use to commands that do nothing, which only read the terminal's parts as they are made. */
const context = { environment: {}, terminal: {}, untilSignalled: () => Promise.resolve() };

/** The whole command line of `portage`, with the real options and arguments of every subcommand, and nothing to do. */
export async function readCommandLine(): Promise<Command> {
  const program = new Command('portage').option('--version').enablePositionalOptions();
  for (const file of readdirSync(commandsFolder).sort()) {
    // For example, api-keys.ts exports apiKeysCommand(); other files hold parts of commands.
    const name = `${file.replace(/\.ts$/, '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Command`;
    const { [name]: make } = (await import(join(commandsFolder, file))) as Record<string, unknown>;
    if (make !== undefined) program.addCommand((make as (own: typeof context) => Command)(context));
  }
  return withoutActions(program);
}

/** Has a program read its arguments and do nothing, throwing a CommanderError where it would end the process. */
export function withoutActions(command: Command): Command {
  command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  // A command that only has subcommands of its own refuses any other word.
  if (command.commands.length === 0 || command.registeredArguments.length > 0) command.action(() => undefined);
  for (const value of [...command.options, ...command.registeredArguments]) acceptPlaceholders(value);
  command.commands.forEach(withoutActions);
  return command;
}

function acceptPlaceholders(value: Pick<Option, 'parseArg'>): void {
  const parse = value.parseArg?.bind(value);
  if (parse === undefined) return;
  value.parseArg = <T>(text: string, previous: T) => (placeholder.test(text) ? (text as T) : parse(text, previous));
}

/** Splits a line as a shell does, as far as documented commands need it: quotes, and no expansion. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
}

/** @returns the fault of a command, or undefined without a fault, or when it is none of ours */
export function commandFault(program: Command, line: string): string | undefined {
  const [first = '', ...rest] = wordsOf(line.replace(/^(\w+=\S* )*/, ''));
  if (first === 'portage' || first === './portage') return portageFault(program, rest);
  return first === 'npm' && rest.length > 0 ? npmFault(program, rest) : undefined;
}

function portageFault(program: Command, words: readonly string[]): string | undefined {
  // Names alone mention a command, and do not call it.
  let named: Command | undefined = program;
  for (const word of words) named = named?.commands.find((command) => command.name() === word);
  if (named !== undefined) return undefined;
  try {
    program.parse(words, { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return undefined;
    return error.code === 'commander.help' ? 'the command is incomplete, or not known' : error.message;
  }
}

function npmFault(program: Command, [verb = '', ...rest]: readonly string[]): string | undefined {
  const script = verb === 'run' ? rest[0] : ['start', 'test'].includes(verb) ? verb : undefined;
  if (script === undefined) return undefined;
  if (!Object.hasOwn(packageJson.scripts, script)) return `package.json has no script "${script}"`;
  const passedOn = rest.slice(rest.includes('--') ? rest.indexOf('--') + 1 : rest.length);
  return script === 'start' ? portageFault(program, ['dev', ...passedOn]) : undefined;
}

/** Inline code: a command, or options such as `--json`, which some command must have; in a table, that of the row. */
export function inlineFault(program: Command, { text, rowOf }: Omit<InlineCode, 'line'>): string | undefined {
  if (!text.startsWith('--')) return commandFault(program, text);
  const owner = rowOf === undefined ? undefined : commandNamed(program, rowOf);
  const owners = owner === undefined ? everyCommand(program) : [owner];
  const known = new Set(['--help', ...owners.flatMap(({ options }) => options.map(({ long }) => long))]);
  const unknown = wordsOf(text).filter((word) => word.startsWith('--') && !known.has(word));
  if (unknown.length === 0) return undefined;
  return owner === undefined
    ? `no command has ${unknown.join(', ')}`
    : `"portage ${owner.name()}" has no ${unknown.join(', ')}`;
}

const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)];

function commandNamed(program: Command, line: string): Command | undefined {
  const [first, ...rest] = wordsOf(line);
  if (first !== 'portage') return undefined;
  let named: Command = program;
  for (const word of rest) named = named.commands.find((command) => command.name() === word) ?? named;
  return named === program ? undefined : named;
}

/** The commands in a block that is not run: a line each, continued lines joined. */
export function commandLines(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
