// A file .env completes the environment by Node's own rules; unreadable lines are reported.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ConfigError, processEnvironment } from '../../src/config';

const text = [
  'PORTAGE_TEST_PLAIN=words with spaces',
  'PORTAGE_TEST_QUOTED="quoted # no comment" # a comment',
  'PORTAGE_TEST_SINGLE=\'it says "yes"\'',
  '# PORTAGE_TEST_COMMENT=1',
  'export PORTAGE_TEST_EXPORTED=exported',
  'PORTAGE_TEST_LINES="one',
  'two"',
  '  PORTAGE_TEST_TRIMMED =  trimmed  ',
  'PORTAGE_TEST_EMPTY=',
  'PORTAGE_TEST_SET=from the file',
  'PORTAGE_TEST_SET_EMPTY=from the file',
  'a line without an assignment',
  '',
].join('\n');
const set = { PORTAGE_TEST_SET: 'from the environment', PORTAGE_TEST_SET_EMPTY: '' };

describe('the file .env', () => {
  let folder: string;
  const before = { ...process.env };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portage-test-env-'));
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
    rmSync(folder, { recursive: true });
  });

  it('is read as node --env-file reads it, and the environment wins', () => {
    writeFileSync(join(folder, '.env'), text);
    const print = 'process.stdout.write(JSON.stringify(process.env))';
    const node = execFileSync(process.execPath, ['--env-file', join(folder, '.env'), '-e', print], {
      env: { ...set },
      encoding: 'utf8',
    });
    const ours = (all: Record<string, string | undefined>) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('PORTAGE_TEST_')));
    const expected = ours(JSON.parse(node) as Record<string, string>);
    expect(expected).toMatchObject({ PORTAGE_TEST_PLAIN: 'words with spaces', PORTAGE_TEST_EXPORTED: 'exported' });

    Object.assign(process.env, set);
    const { environment, envFile } = processEnvironment(folder);
    expect(envFile).toBe(join(folder, '.env'));
    const filled = Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== ''));
    expect(ours(environment)).toEqual(filled);
    expect(environment['PORTAGE_TEST_SET']).toBe('from the environment');
    expect(environment['PORTAGE_TEST_SET_EMPTY']).toBeUndefined();
    // Libraries such as the AWS SDK look for their own variables there.
    expect(ours(process.env)).toEqual(expected);
  });

  it('need not be there', () => {
    const { environment, envFile } = processEnvironment(folder);
    expect(envFile).toBeUndefined();
    expect(environment['PATH']).toBe(process.env['PATH']);
  });

  it('is named when it cannot be read', () => {
    mkdirSync(join(folder, '.env'));
    expect(() => processEnvironment(folder)).toThrow(ConfigError);
    expect(() => processEnvironment(folder)).toThrow(`The file ${join(folder, '.env')} cannot be read (EISDIR)`);
  });
});

describe('a secret in a file', () => {
  let folder: string;
  const before = { ...process.env };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portage-test-secret-'));
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
    rmSync(folder, { recursive: true });
  });
  const fileWith = (content: string) => {
    const path = join(folder, 'secret');
    writeFileSync(path, content);
    return path;
  };

  it('is read, without the line break at its end, also where .env names the file', () => {
    writeFileSync(join(folder, '.env'), `GOOGLE_CLIENT_SECRET_FILE=${fileWith(' a secret \n')}\n`);
    expect(processEnvironment(folder).environment['GOOGLE_CLIENT_SECRET']).toBe(' a secret ');
    // Neither libraries nor programs that this one starts get to see it.
    expect(process.env['GOOGLE_CLIENT_SECRET']).toBeUndefined();
  });

  it.each([
    [
      'is set twice',
      () => ({ VAULT_KEYS: 'a', VAULT_KEYS_FILE: fileWith('b') }),
      'VAULT_KEYS and VAULT_KEYS_FILE are both set',
    ],
    ['is not there', () => ({ VAULT_KEYS_FILE: join(folder, 'nowhere') }), 'cannot be read (ENOENT); name a file'],
    ['is empty', () => ({ VAULT_KEYS_FILE: fileWith('\n') }), 'is empty; write the value into it'],
    ['is something else', () => ({ DATABASE_URL_FILE: fileWith('x'.repeat(65_537)) }), 'has 65537 bytes'],
  ])('that %s is reported, without its value', (_what, environment, words) => {
    Object.assign(process.env, environment());
    expect(() => processEnvironment(folder)).toThrow(words);
  });
});
