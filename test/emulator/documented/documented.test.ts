/** The emulator's files against Google's pages, over several seeds and all languages. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { makeAccount } from '../../../src/emulator/accounts';
import { createCalendar } from '../../../src/emulator/archives/generate/calendar';
import { generate } from '../../../src/emulator/archives/generate/generate';
import { wordsFor } from '../../../src/emulator/archives/generate/words';
import { defaultJobSettings } from '../../../src/emulator/job-settings';
import { resources } from '../../../src/emulator/resources';
import type { Context, DocumentedResource } from './documented';
import { documented } from './pages';

const now = Date.parse('2026-03-01T09:30:00Z');
const locales = ['en', 'de', 'nl', 'ja'] as const;
const seeds = ['portage', 'one', 'two'];

/** The files of one export by their path below the service folder. */
async function filesOf(
  resource: string,
  seed: string,
  locale: Context['locale'],
): Promise<ReadonlyMap<string, Buffer>> {
  const order = { email: `person@example.${locale}`, name: 'Ada Byrne', locale };
  const { files } = generate({
    seed,
    account: makeAccount(order, String(locales.indexOf(locale) + 1), now),
    resource,
    startAt: undefined,
    endAt: now,
    requestedAt: now,
    calendar: createCalendar(now, 86_400_000),
    words: wordsFor(locale),
    settings: { ...defaultJobSettings(0), mediaBytes: 1_000, mediaFiles: 6 },
  });
  const contents = files.map(async ({ path, content }) => {
    return [path, await buffer(Readable.from(content.read(0, content.length)))] as const;
  });
  const made = new Map(await Promise.all(contents));
  expect([resource, made.size]).toEqual([resource, files.length]);
  return made;
}

/** Judges every file of every seed and language; each documented file and form must have been seen. */
async function problemsOf({ resource, files: kinds, forms = {} }: DocumentedResource): Promise<string[]> {
  const problems: string[] = [];
  const unseen = new Set([...kinds.map(({ name }) => name), ...Object.keys(forms)]);
  for (const seed of seeds) {
    for (const locale of locales) {
      const files = await filesOf(resource, seed, locale);
      for (const [path, bytes] of files) {
        const kind = kinds.find((one) => one.path.test(path));
        if (kind === undefined) problems.push(`${path} is documented nowhere`);
        else {
          unseen.delete(kind.name);
          const fileProblems = await kind.check(bytes, { locale, files, path });
          problems.push(...fileProblems.map((problem) => `${seed}, ${locale}: ${path} ${problem}`));
        }
        for (const [name, form] of Object.entries(forms)) if (form.test(bytes.toString('utf8'))) unseen.delete(name);
      }
    }
  }
  return [...problems, ...[...unseen].map((name) => `no account has ${name}`)];
}

describe('files of the emulator', () => {
  it('are judged for every resource', () => {
    expect(documented.map(({ resource }) => resource).toSorted()).toEqual(
      resources.map(({ resource }) => resource).toSorted(),
    );
  });

  it.each(documented.map((one) => [one.resource, one] as const))('of %s are as documented', async (_name, one) => {
    expect((await problemsOf(one)).slice(0, 10)).toEqual([]);
  });
});

const page = join(__dirname, '..', '..', '..', 'docs', 'emulator.md');
const between = /(<!-- documented -->\n)([^]*?)(\n<!-- end of documented -->)/;

function table(): string {
  const rows = documented
    .toSorted((a, b) => a.resource.localeCompare(b.resource, 'en'))
    .map(({ resource, page: name, read, fields, files }) => {
      const written = files.map((file) => `\`${file.name}\``).join(', ');
      return `| \`${resource}\` | \`${name}\` | ${read} | ${fields} | ${written} |`;
    });
  return [
    '| Resource | Page | Read | Fields | What the emulator writes |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

it('docs/emulator.md has the table of documented files (UPDATE_DOCS=1 writes it)', () => {
  if (process.env['UPDATE_DOCS'] === '1') {
    const now = readFileSync(page, 'utf8');
    writeFileSync(
      page,
      now.replace(between, (_all, start: string, _old, end: string) => `${start}\n${table()}\n${end}`),
    );
  }
  const written = (between.exec(readFileSync(page, 'utf8'))?.[2] ?? '').trim();
  const plain = (markdown: string) => markdown.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
  expect(plain(written)).toBe(plain(table()));
});
