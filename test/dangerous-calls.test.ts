// Calls that could turn a text from outside into code, a command or a statement are in no file of src.
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { filesBelow } from './support/files-below';

const root = resolve(__dirname, '..');
const files = [join(root, 'src'), join(root, 'public')].flatMap(filesBelow).filter((file) => /\.(tsx?|js)$/.test(file));

const filesWith = (pattern: RegExp, sources: ReadonlyMap<string, string> = texts): string[] =>
  [...sources].filter(([, text]) => pattern.test(text)).map(([file]) => file);
const texts = new Map(files.map((file) => [relative(root, file), readFileSync(file, 'utf8')]));

const evaluates = /\beval\(|\bnew Function\(|from 'node:vm'|require\(['"](?:node:)?vm['"]\)/;
/** A text of SQL; Drizzle's own template and builder pass values as parameters. */
const rawSql = /\bsql\.raw\(/;
const startsPrograms = /from 'node:child_process'|require\(['"](?:node:)?child_process['"]\)/;
/** Either gives a whole line to a shell; `.exec(` of a regular expression is another. */
const usesShell = /import \{[^}]*\bexec(?:Sync)?\b[^}]*\} from 'node:child_process'|\bshell: /;
const writesHtml = /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML/;
const changesAuditLog = /\.(?:update|delete)\(auditLog\)|update audit_log/;
const guessable = /\bMath\.random\(/;

it('no text is run as code, and none becomes a statement of SQL', () => {
  expect(texts.size).toBeGreaterThan(300);
  expect(filesWith(evaluates)).toEqual([]);
  expect(filesWith(rawSql)).toEqual([]);
});

it('only the lock of a folder and npm start run other programs, and no shell', () => {
  expect(filesWith(startsPrograms).toSorted()).toEqual([
    'src/dev/executable.ts',
    'src/dev/supervised-process.ts',
    'src/file-lock.ts',
  ]);
  expect(filesWith(usesShell)).toEqual([]);
});

it('HTML bypasses the renderer only for the emulator’s stylesheet and the server-rendered status page', () => {
  expect(filesWith(writesHtml).toSorted()).toEqual(['public/follow.js', 'src/emulator/issuer/pages/layout.tsx']);
});

it('entries of the audit log are added by one file, linked by the chain, and deleted by its retention alone', () => {
  expect(filesWith(/\.insert\(auditLog\)/)).toEqual(['src/database/audit-entry.ts']);
  expect(filesWith(changesAuditLog).toSorted()).toEqual(['src/database/audit-chain.ts', 'src/database/audit-log.ts']);
});

it('Math.random spreads polls and repeats, and makes no secret', () => {
  expect(filesWith(guessable).toSorted()).toEqual([
    'src/activities/deliver-webhooks.ts',
    'src/activities/export/await-archive.ts',
  ]);
});

it.each([
  [evaluates, "eval('1')", 'evaluate()'],
  [evaluates, "import vm from 'node:vm';", "import { x } from './vm';"],
  [rawSql, 'sql.raw(`drop ${table}`)', 'sql`select ${value}`'],
  [usesShell, "import { exec } from 'node:child_process';", "import { execFile } from 'node:child_process';"],
  [usesShell, 'spawn(program, [], { shell: true })', '/a/.exec(text)'],
  [changesAuditLog, 'await tx.delete(auditLog)', 'await tx.delete(tokens)'],
  [writesHtml, 'target.innerHTML = text;', 'target.textContent = text;'],
])('the check %s finds what it is for, and nothing else', (pattern, dangerous, left) => {
  expect(
    filesWith(
      pattern,
      new Map([
        ['a', dangerous],
        ['b', left],
      ]),
    ),
  ).toEqual(['a']);
});
