import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { requireBuilt, startNodeProgram } from '../support/node-program';

const root = join(__dirname, '..', '..');
const sourceOf = (name: string) => readFileSync(join(root, 'src', name), 'utf8');
const sources = {
  // The build puts these into the bundle of the workflows. Portage's own import types whose check takes seconds.
  'temporal/failure-converter.ts': 'export const failureConverter = undefined;\n',
  'workflows/refuse-missing-input.ts': 'export const interceptors = (): object => ({});\n',
  'main.ts': `console.log(JSON.stringify({ arguments: process.argv.slice(2), pid: process.pid }));\n`,
  'workflows/index.ts': `export function greet(name: string): Promise<string> {\n  return Promise.resolve(name);\n}\n`,
};

/** By which the tools find out whether an instance runs from the folder. */
const instanceSources = Object.fromEntries(['instance.ts', 'file-lock.ts'].map((name) => [name, sourceOf(name)]));

/** A small project with Portage's own tools: its sources are two files, its packages this project's. */
function project(files: Readonly<Record<string, string>> = sources): string {
  const folder = mkdtempSync(join(tmpdir(), 'portage-test-project-'));
  cpSync(join(root, 'tools'), join(folder, 'tools'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(root, name), join(folder, name));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(files)) write(folder, name, text);
  return folder;
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(join(folder, 'src', name, '..'), { recursive: true });
  writeFileSync(join(folder, 'src', name), text);
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function node(folder: string, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    // Jest's own options for Node are none of the child's business.
    const env = { ...process.env, NODE_OPTIONS: '' };
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const build = (folder: string, ...args: string[]) => node(folder, 'tools/build.mjs', ...args);
const stampTime = (folder: string) => statSync(join(folder, 'dist', '.build-stamp')).mtimeMs;

/** A copy of a project that was built once, so that not every test waits for its first build. */
let built: string;
beforeAll(async () => {
  built = project({ ...sources, ...instanceSources, 'extra.ts': 'export const extra = 1;\n' });
  await build(built);
});
function builtProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portage-test-project-'));
  cpSync(built, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

describe('The build', () => {
  it('happens once, and again only after a source has changed', async () => {
    const folder = builtProject();
    expect(readFileSync(join(folder, 'dist', 'workflow-bundle.js'), 'utf8')).toContain('greet');
    const first = stampTime(folder);
    expect(await build(folder)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(stampTime(folder)).toBe(first);

    write(folder, 'workflows/index.ts', sources['workflows/index.ts'].replaceAll('greet', 'welcome'));
    expect((await build(folder)).stderr).toContain('Building');
    expect(readFileSync(join(folder, 'dist', 'workflow-bundle.js'), 'utf8')).toContain('welcome');
  });

  it('removes the build output of a deleted source', async () => {
    const folder = builtProject();
    expect(existsSync(join(folder, 'dist', 'extra.js'))).toBe(true);
    rmSync(join(folder, 'src', 'extra.ts'));
    await build(folder);
    expect(existsSync(join(folder, 'dist', 'extra.js'))).toBe(false);
  });

  it('writes files again that were deleted from dist by hand', async () => {
    const folder = builtProject();
    for (const name of ['main.js', '.build-stamp']) rmSync(join(folder, 'dist', name));
    await build(folder);
    expect(existsSync(join(folder, 'dist', 'main.js'))).toBe(true);
  });

  it('fails with the compiler’s words and stays stale, unless type errors are to be tolerated', async () => {
    const folder = project({ ...sources, 'main.ts': `const count: number = 'three';\nconsole.log(count);\n` });
    for (const attempt of [1, 2]) {
      const refused = await build(folder);
      expect({ attempt, code: refused.code }).toEqual({ attempt, code: 1 });
      expect(refused.stderr).toContain(`src/main.ts(1,7): error TS2322`);
    }
    const tolerated = await build(folder, '--tolerate-type-errors');
    expect(tolerated).toMatchObject({ code: 0, stderr: expect.stringContaining('error TS2322') as string });
    expect(existsSync(join(folder, 'dist', '.build-stamp'))).toBe(false);
  });

  it('refuses a workflow that imports a Node built-in', async () => {
    const impure = `import { hostname } from 'node:os';\nexport const greet = (): Promise<string> => Promise.resolve(hostname());\n`;
    const folder = project({ ...sources, 'workflows/index.ts': impure });
    const refused = await build(folder);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('os');
  });

  it('may be asked for twice at once', async () => {
    const folder = project();
    const both = await Promise.all([build(folder), build(folder)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(existsSync(join(folder, '.portage', 'build.lock'))).toBe(false);
  });

  it('takes over from a build that was killed', async () => {
    const folder = builtProject();
    write(folder, 'extra.ts', 'export const extra = 2;\n');
    const dead = spawn('true');
    await once(dead, 'exit');
    writeFileSync(join(folder, '.portage', 'build.lock'), String(dead.pid));
    expect((await build(folder)).code).toBe(0);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('./portage', () => {
  it('builds, then becomes the program, in the folder that it is called from', async () => {
    const folder = project({ ...sources, 'main.ts': `console.log(process.argv.slice(2).join(' '), process.cwd());\n` });
    cpSync(join(root, 'portage'), join(folder, 'portage'));
    const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'portage-test-elsewhere-')));
    const { code, stdout, stderr } = await node(elsewhere, join(folder, 'portage'), 'consents', 'list', '--json');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `consents list --json ${elsewhere}\n` });
    expect(stderr).toContain('Building');
  });
});

describe('npm start', () => {
  it('builds, then becomes the program, with stdout left to it', async () => {
    const folder = project();
    const { code, stdout, stderr } = await node(folder, 'tools/run.mjs', 'start', '--once', '--json');
    expect(code).toBe(0);
    expect(stderr).toContain('Building');
    expect(JSON.parse(stdout)).toMatchObject({ arguments: ['dev', '--once', '--json'] });
  });

  it('neither installs nor builds under an instance that runs from the same folder', async () => {
    const folder = builtProject();
    const running = await startNodeProgram(`
      ${requireBuilt('instance')}.holdInstance(${JSON.stringify(join(folder, '.portage'))}).then(() => console.log('runs'));
      setInterval(() => undefined, 1000);`);
    write(folder, 'extra.ts', 'export const extra = 2;\n');
    const before = stampTime(folder);
    const refused = await node(folder, 'tools/run.mjs', 'start');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      `already runs in the data folder ${join(folder, '.portage')} (process ${running.pid}, `,
    );
    expect(refused.stderr).not.toContain('    at ');
    // A command goes there as it is.
    cpSync(join(root, 'portage'), join(folder, 'portage'));
    const command = await node(folder, 'portage', 'consents', 'list');
    expect(command).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(command.stdout)).toMatchObject({ arguments: ['consents', 'list'] });
    expect(stampTime(folder)).toBe(before);
    await running.kill();
    expect((await node(folder, 'tools/run.mjs', 'start')).stderr).toContain('Building');
  });

  it('refuses an old Node with a remedy', async () => {
    const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.0'})`;
    const refused = await node(built, '--import', pretend, 'tools/run.mjs', 'start');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/needs Node\.js 20\.19 or newer.*Remedy/s);
  });

  it('ends with the npm that started it, even when that is killed', async () => {
    const waiting = `${sources['main.ts']}setInterval(() => undefined, 1000);\n`;
    const folder = builtProject();
    write(folder, 'main.ts', waiting);
    await build(folder);
    const npm = spawn('npm', ['start', '--silent'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(createInterface(npm.stdout), 'line')) as [string];
    const { pid } = JSON.parse(line) as { pid: number };
    npm.kill('SIGKILL');
    const end = Date.now() + 120_000;
    while (isAlive(pid)) {
      if (Date.now() > end) throw new Error(`process ${pid} outlived npm`);
      await pause(100);
    }
  });
});

/** A project with one package, from a folder next to it: npm installs it without a network. */
function packagedProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portage-test-packages-'));
  cpSync(join(root, 'tools'), join(folder, 'tools'), { recursive: true });
  for (const name of ['one', 'two']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
  }
  depend(folder, ['one']);
  return folder;
}

function depend(folder: string, names: readonly string[]): void {
  const dependencies = Object.fromEntries(names.map((name) => [name, `file:${name}`]));
  const self = { name: 'packaged', version: '1.0.0', dependencies };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(self));
  const packages = Object.fromEntries([
    ['', self],
    ...names.flatMap((name) => [
      [name, { version: '1.0.0' }],
      [`node_modules/${name}`, { resolved: name, link: true }],
    ]),
  ]) as Record<string, unknown>;
  const lock = { name: 'packaged', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

/** The output of `npm test` while it installs; without jest in the packages it ends with an error after that. */
const installing = async (folder: string) => (await node(folder, 'tools/run.mjs', 'test')).stderr;

describe('Installing packages', () => {
  it('happens when they are missing or the lock file has changed, and not otherwise', async () => {
    const folder = packagedProject();
    expect(await installing(folder)).toContain('✓ Installing packages');
    expect(existsSync(join(folder, 'node_modules', 'one', 'package.json'))).toBe(true);
    expect(await installing(folder)).not.toContain('Installing');

    depend(folder, ['one', 'two']);
    expect(await installing(folder)).toContain('✓ Installing packages');
    expect(existsSync(join(folder, 'node_modules', 'two', 'package.json'))).toBe(true);
  });

  it('does not repeat an installation by hand', async () => {
    const folder = packagedProject();
    const npm = spawn('npm', ['ci'], { cwd: folder, stdio: 'ignore' });
    await once(npm, 'exit');
    expect(await installing(folder)).not.toContain('Installing');
  });

  it('shows npm’s words and a remedy when it fails', async () => {
    const folder = packagedProject();
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'packaged', version: '1.0.0', dependencies: { one: 'file:one', two: 'file:two' } }),
    );
    expect(await installing(folder)).toMatch(/✗ Installing packages.*exit code 1.*npm error.*Remedy/s);
  });
});
