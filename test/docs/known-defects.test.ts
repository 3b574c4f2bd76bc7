// The table in docs/known-defects.md names existing tests, for every defect.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const required = range(1, 70).map((number) => `D${number}`);

/** The files that the table names, by defect. */
function coverageIn(page: string): Map<string, string[]> {
  const rows = page.matchAll(/^\| (D\d+) +\|(.*)\|$/gm);
  return new Map(
    [...rows].map(([, defect = '', files = '']) => [
      defect,
      [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
    ]),
  );
}

/** The defects that titles in a test file begin with: `D1: …`, or `D1, D24: …` for several. */
function defectsIn(source: string): Set<string> {
  const titles = source.matchAll(/(?:^|[(,])\s*(['"`])(D\d+(?:, D\d+)*): /gm);
  return new Set([...titles].flatMap(([, , numbers = '']) => numbers.split(', ')));
}

const coverage = coverageIn(readText('docs/known-defects.md'));

describe('the table of tests', () => {
  it('has every defect, each with a file', () => {
    expect([...coverage.keys()]).toEqual(required);
    for (const [defect, files] of coverage) expect([defect, files.length > 0]).toEqual([defect, true]);
  });

  it.each([...coverage])('names for %s only files with a test of that title', (defect, files) => {
    const without = files.filter((file) => !defectsIn(readText(file)).has(defect));
    expect(without).toEqual([]);
  });
});

describe('the check itself', () => {
  it('distinguishes a title from a mention', () => {
    expect(defectsIn("it('D7: of six days', () => {")).toEqual(new Set(['D7']));
    expect(defectsIn("it.each([\n  [1],\n])(\n  'D1, D24: fails', () => {")).toEqual(new Set(['D1', 'D24']));
    expect(defectsIn("it('of six days (D7)', () => {\n  // D8: see there\n")).toEqual(new Set());
  });

  it('reads rows with one file and with several', () => {
    expect(coverageIn('| D1     | `a.ts`, `b.ts` |\n| D2 | `c.ts` |')).toEqual(
      new Map([
        ['D1', ['a.ts', 'b.ts']],
        ['D2', ['c.ts']],
      ]),
    );
  });
});
