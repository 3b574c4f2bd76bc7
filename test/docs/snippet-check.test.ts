// The check of the documentation's snippets finds faults.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Command } from 'commander';

import { planBlock } from './block-plan';
import { compileErrors } from './compile';
import { commandFault, inlineFault, withoutActions } from './documented-commands';
import { differences } from './json-shape';
import { parseDocument } from './markdown';
import { startShell } from './shell';

const plansOf = (markdown: string) => parseDocument(markdown).blocks.map(planBlock);
const fence = (info: string, text = 'x') => `\`\`\`${info}\n${text}\n\`\`\`\n`;

describe('Blocks', () => {
  it('are found with their line in lists, and when they are only indented', () => {
    const { blocks } = parseDocument(`1. One\n\n   ${fence('sh').replaceAll('\n', '\n   ')}\nText\n\n    indented\n`);
    expect(blocks.map(({ line, language }) => [line, language])).toEqual([
      [3, 'sh'],
      [9, null],
    ]);
  });

  it('without a run and without a mark are a fault, with any comments around them', () => {
    const bare = [fence(''), fence('text'), fence('py'), '    indented\n', `<!-- note -->\n\n${fence('')}`];
    for (const markdown of [...bare, `<!-- not run: a drawing -->\n\nText\n\n${fence('text')}`]) {
      expect(plansOf(markdown)).toEqual([
        { kind: 'fault', fault: expect.stringContaining('neither run nor checked') as string },
      ]);
    }
  });

  it('may be left with a reason, and not without one', () => {
    expect(plansOf(`<!-- not run: a drawing -->\n\n${fence('text')}`)).toEqual([
      { kind: 'leave', reason: 'a drawing' },
    ]);
    for (const mark of ['not run', 'not run:', 'not run: ', 'run by:']) {
      expect(plansOf(`<!-- ${mark} -->\n\n${fence('sh')}`)).toEqual([
        { kind: 'fault', fault: expect.stringContaining('lacks') as string },
      ]);
    }
  });

  it('of JSON have the block that they follow directly', () => {
    const { blocks } = parseDocument(`${fence('sh')}\n${fence('json', '1')}\nText\n\n${fence('json', '2')}`);
    expect(blocks.map(({ follows }) => follows)).toEqual([undefined, 0, undefined]);
  });

  it('of JavaScript are held against the real types', () => {
    const sample = `const c = require('node:crypto');\nc.randomBytes(8);\nc.randomBites(8);\n`;
    expect(compileErrors(sample, 'js')).toEqual([expect.stringMatching(/^line 3: .*randomBites/)]);
  });
});

describe('A shown answer', () => {
  const real = { id: 'con_1', at: '2026-11-28T05:00:00.000Z', count: 3, error: null, list: [{ n: 1 }, { n: 2 }] };

  it('fits the real one by keys and types, with other ids, times and numbers', () => {
    const shown = { id: 'con_…', at: '2026-03-01T06:15:00.000Z', count: 1, error: null, list: [{ n: 7 }] };
    expect(differences(shown, real)).toEqual([]);
    expect(differences({ id: 'con_…', '…': '…' }, real)).toEqual([]);
  });

  it.each([
    [{ ...real, extra: 1 }, 'answer.extra is shown, and not in the real answer'],
    [{ '…': '…', id: 'exp_…' }, 'answer.id is shown as "exp_…"; the real answer is "con_1"'],
    [{ '…': '…', count: '3' }, 'answer.count is shown as "3"; the real answer is 3'],
    [{ '…': '…', error: 'x' }, 'answer.error is shown as "x"; the real answer is null'],
    [{ '…': '…', list: [] }, 'answer.list is shown as []; the real answer is [{"n":1},{"n":2}]'],
    [{ '…': '…', list: [{ n: '1' }] }, 'answer.list[0].n is shown as "1"; the real answer is 1'],
  ])('that is %j does not', (shown, difference) => {
    expect(differences(shown, real)).toContain(difference);
  });

  it('has to show every key, or be marked as incomplete', () => {
    expect(differences({ id: 'con_1' }, real)).toContain('answer.count is in the real answer, as 3, and not shown');
  });
});

describe('A named command', () => {
  const program = new Command('portage');
  const consents = program.command('consents');
  const limit = (text: string) => {
    throw new Error(`"${text}" was read`);
  };
  consents.command('list').option('--limit <number>', '', limit);
  consents.command('show <consent-id>').option('--json');
  program.command('dev').option('--once');
  withoutActions(program);

  it.each([
    'portage consents',
    'portage consents show',
    'portage consents show <consent-id> --json',
    './portage consents list --limit <number>',
    'LOG_LEVEL=debug portage dev --once',
    'npm start -- --once',
    'npm run check -- --no-tests',
    '--json',
    'docker compose up --build',
  ])('%s exists', (text) => {
    expect(inlineFault(program, { text, rowOf: undefined })).toBeUndefined();
  });

  it.each([
    ['portage consents lst', /incomplete, or not known|unknown command/],
    ['portage consents show one two', /too many arguments/],
    ['portage consents list --limt 5', /unknown option '--limt'/],
    ['npm start -- --onse', /unknown option '--onse'/],
    ['npm run chek', /no script "chek"/],
    ['--jsn', /no command has --jsn/],
  ])('%s does not', (text, fault) => {
    expect(inlineFault(program, { text, rowOf: undefined })).toMatch(fault);
  });

  it('has the options in the same row of a table', () => {
    const inRow = (rowOf: string) => inlineFault(program, { text: '--json', rowOf });
    expect(inRow('portage consents show <consent-id>')).toBeUndefined();
    expect(inRow('portage consents list')).toBe('"portage list" has no --json');
  });

  it('is checked in a block that is not run, too', () => {
    expect(commandFault(program, './portage dev --twice')).toMatch(/unknown option '--twice'/);
  });
});

describe('The shell', () => {
  it('keeps the variables of a block for the next one, and ends with the first command that fails', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'portage-test-shell-'));
    const shell = startShell({ folder: scratch, scratch, environment: { PATH: process.env['PATH'] ?? '' } });
    try {
      await shell.run('word=hello\ncat');
      expect(await shell.run('echo "$word"')).toBe('hello\n');
      await expect(shell.run('echo before\ncat missing-file\necho after')).rejects.toThrow(
        /cat missing-file[^]*before\n.*missing-file/,
      );
    } finally {
      await shell.stop();
      rmSync(scratch, { recursive: true });
    }
  });

  it('refuses a variable that nothing has set', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'portage-test-shell-'));
    const shell = startShell({ folder: scratch, scratch, environment: { PATH: process.env['PATH'] ?? '' } });
    await expect(shell.run('echo "$PORTAGE_API_KEY"')).rejects.toThrow('PORTAGE_API_KEY');
    await shell.stop();
    rmSync(scratch, { recursive: true });
  });
});
