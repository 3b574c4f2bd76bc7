// Every code block of the pages in the root and of docs is run, checked, or marked with the reason (block-plan.ts); every command
// in inline code exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Command } from 'commander';

import { variables } from '../../src/config';
import { planBlock } from './block-plan';
import { compileErrors } from './compile';
import { commandFault, commandLines, inlineFault, readCommandLine } from './documented-commands';
import { createReader, type Reader } from './reader';
import { differences } from './json-shape';
import { documentPaths, readDocument, type CodeBlock } from './markdown';
import { allTests, longIt } from '../support/long';

const root = join(__dirname, '..', '..');

let commandLine: Command;
beforeAll(async () => {
  commandLine = await readCommandLine();
});

/** Faults of the commands in a block that is not run here. */
const commandFaults = (text: string) => commandLines(text).flatMap((line) => commandFault(commandLine, line) ?? []);

/** Commands of the block that a file does not run. */
function notRunBy(path: string, { text }: CodeBlock): string[] {
  if (!existsSync(join(root, path))) return [`there is no ${path}`];
  const script = readFileSync(join(root, path), 'utf8');
  return commandLines(text).flatMap((line) => (script.includes(line) ? [] : [`${path} does not run "${line}"`]));
}

function parseJson(at: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${at} is no JSON: ${String(error)}\n${text}`, { cause: error });
  }
}

/** Settings of the block that the configuration does not know or take. */
function refusedSettings({ text }: CodeBlock): string[] {
  return commandLines(text).flatMap((line) => {
    const [name = '', ...value] = line.split('=');
    const variable = Object.entries(variables).find(([known]) => known === name)?.[1];
    if (variable === undefined) return [`there is no variable ${name}`];
    const { success, error } = variable.schema.safeParse(value.join('='));
    return success ? [] : error.issues.map(({ message }) => `${name} ${message}`);
  });
}

describe.each(documentPaths(root))('%s', (path) => {
  const { blocks, inline } = readDocument(root, path);
  const plans = blocks.map(planBlock);
  /** Whether `sh` blocks are run: those of the README always, the others where all tests run. */
  const runsBlocks = path === 'README.md' || allTests;
  const printed: string[] = [];
  let reader: Reader | undefined;
  let failedAt: string | undefined;
  afterAll(() => reader?.stop());

  /** Blocks after a failure would fail because of it, or wait in vain. */
  const inOrder = async (at: string, work: () => void | Promise<void>): Promise<void> => {
    if (failedAt !== undefined) throw new Error(`${at} is not run, because ${failedAt} has failed`);
    try {
      await work();
    } catch (error) {
      failedAt = at;
      throw error;
    }
  };

  blocks.forEach((block, index) => {
    const at = `${path}:${block.line}`;
    const plan = plans[index] ?? planBlock(block);
    switch (plan.kind) {
      case 'fault':
        it(`has a block at line ${block.line} that is run, checked or marked`, () => {
          throw new Error(`${at}: ${plan.fault}`);
        });
        break;
      case 'leave':
        it(`is not run at line ${block.line}: ${plan.reason}`, () => {
          expect({ at, faults: block.language === 'sh' ? commandFaults(block.text) : [] }).toEqual({ at, faults: [] });
        });
        break;
      case 'run by':
        it(`is run at line ${block.line} by ${plan.path}`, () => {
          expect({ at, faults: [...notRunBy(plan.path, block), ...commandFaults(block.text)] }).toEqual({
            at,
            faults: [],
          });
        });
        break;
      case 'run':
        (runsBlocks ? it : longIt)(`is run at line ${block.line}`, () =>
          inOrder(at, async () => {
            reader ??= await createReader(
              blocks.flatMap(({ text }, each) => (plans[each]?.kind === 'run' ? [text] : [])),
            );
            if (plan.userConsents) await reader.consent(printed.join('\n'));
            printed[index] = await reader.run(at, block.text);
          }),
        );
        break;
      case 'json':
        it(`shows JSON at line ${block.line}`, async () => {
          const shown = parseJson(at, reader?.place(block.text) ?? block.text);
          const { follows } = block;
          if (!runsBlocks || follows === undefined || plans[follows]?.kind !== 'run') return;
          await inOrder(at, () => {
            const source = `${path}:${blocks[follows]?.line ?? 0}`;
            const real = parseJson(`${at}: what the block at ${source} printed`, printed[follows] ?? '');
            expect({ at, differences: differences(shown, real) }).toEqual({ at, differences: [] });
          });
        });
        break;
      case 'compile':
        longIt(`compiles at line ${block.line}`, () => {
          expect({ at, errors: compileErrors(block.text, block.language === 'js' ? 'js' : 'ts') }).toEqual({
            at,
            errors: [],
          });
        });
        break;
      case 'configuration':
        it(`shows settings at line ${block.line} that the configuration takes`, () => {
          expect({ at, faults: refusedSettings(block) }).toEqual({ at, faults: [] });
        });
    }
  });

  it('names commands and options that exist', () => {
    const faults = inline.flatMap((code) => {
      const fault = inlineFault(commandLine, code);
      return fault === undefined ? [] : [`${path}:${code.line}: ${code.text}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });
});
