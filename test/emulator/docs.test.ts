/** docs/emulator.md against the code: the fidelity table is made from the tests, the reference names everything. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { faultSchema } from '../../src/emulator/faults/fault';
import { methodNames } from '../../src/emulator/http/request-log';
import { defaultJobSettings } from '../../src/emulator/job-settings';
import { switchSets } from '../../src/emulator';

const page = join(__dirname, '..', '..', 'docs', 'emulator.md');

interface Fact {
  section: string;
  label: string;
  sentence: string;
  file: string;
}

/** Every call of fact() in the tests of the emulator. */
function facts(): Fact[] {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  );
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(__dirname, file), 'utf8'), ts.ScriptTarget.ESNext, true);
    const collected: Fact[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === 'fact') {
        const [section = '', label = '', sentence = ''] = node.arguments.map((argument) =>
          ts.isStringLiteralLike(argument) ? argument.text : '',
        );
        collected.push({ section, label, sentence, file: file.replace('.test.ts', '') });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return collected;
  });
}

/** §2 before §10, sections before archive sections before questions. */
function order({ section }: Fact): number {
  const rank = section.startsWith('Q') ? 2000 : section.startsWith('§A') ? 1000 : 0;
  return rank + Number(section.replace(/\D/g, ''));
}

function table(): string {
  const rows = facts()
    .toSorted((a, b) => order(a) - order(b) || a.sentence.localeCompare(b.sentence, 'en'))
    .map(({ section, label, sentence, file }) => `| ${section} | ${sentence} | \`${label}\` | \`${file}\` |`);
  return ['| Section | What the emulator does | Label | Test |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

describe('docs/emulator.md', () => {
  const between = /(<!-- facts -->\n)([^]*?)(\n<!-- end of facts -->)/;

  it('holds the table of facts that the tests show (UPDATE_DOCS=1 writes it)', () => {
    const text = readFileSync(page, 'utf8');
    if (process.env['UPDATE_DOCS'] === '1') {
      writeFileSync(
        page,
        text.replace(between, (_all, start: string, _old, end: string) => `${start}\n${table()}\n${end}`),
      );
    }
    const written = (between.exec(readFileSync(page, 'utf8'))?.[2] ?? '').trim();
    // Column widths are the formatter's business.
    const plain = (markdown: string) => markdown.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
    expect(plain(written)).toBe(plain(table()));
  });

  it('has a test for every section of the facts from §2 to §11, for the archives, and for every open question', () => {
    const sections = new Set(facts().map(({ section }) => section));
    const wanted = [
      ...Array.from({ length: 10 }, (_, index) => `§${index + 2}`),
      ...Array.from({ length: 9 }, (_, index) => `§A${index + 1}`),
      ...Array.from({ length: 17 }, (_, index) => `Q${index + 1}`),
    ];
    expect(wanted.filter((section) => !sections.has(section))).toEqual([]);
  });

  it('labels the certainty of each fact, with a label that exists', () => {
    for (const { label, sentence } of facts())
      expect([sentence, ['doc', 'doc*', 'field', 'open'].includes(label)]).toEqual([sentence, true]);
  });

  it('describes every switch, job setting, kind of fault and logged method', () => {
    const text = readFileSync(page, 'utf8');
    const names = [
      ...Object.keys(switchSets.documented),
      ...Object.keys(defaultJobSettings(0)),
      ...Object.keys(faultSchema.shape),
      ...methodNames,
    ];
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('states the answers of each named set of switches', () => {
    const text = readFileSync(page, 'utf8');
    for (const name of Object.keys(switchSets.documented) as (keyof typeof switchSets.documented)[]) {
      const answers = Object.values(switchSets).map((set) => set[name]);
      expect(text.replaceAll(/ +\|/g, ' |')).toContain(`\`${name}\` |`);
      const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      expect([
        name,
        row
          .split('|')
          .slice(-4, -1)
          .map((cell) => cell.trim()),
      ]).toEqual([name, answers]);
    }
  });
});
