// The entry of `npm start`, `npm test`, `npm run test:all`, `npm run check` and `./portage`: installs and builds if
// stale, then runs.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './build.mjs';
import { releaseSignals, run } from './child.mjs';
import { install } from './install.mjs';
import { endWithParent } from './parent.mjs';
import { elapsed } from './progress.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const script = (...path) => join(root, 'node_modules', ...path);
const [name, ...args] = process.argv.slice(2);

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `Portage needs Node.js 20.19 or newer; this is ${process.version}. ` +
      'Remedy: install Node.js 22 or 24 (https://nodejs.org), then run the command again.',
  );
}

/** Builds in a process of its own: the compiler's and bundler's memory goes with it. Resolves to false on failure. */
async function built() {
  if (isBuilt(root)) return true;
  const { code } = await run(process.execPath, [join(root, 'tools', 'build.mjs')], { cwd: root });
  return code === 0;
}

/**
 * An instance that runs from this folder loads its code while it runs, so nothing is installed or built under it. When
 * this cannot be decided here, as before the first build, the program checks it.
 *
 * @returns the refusal of a second instance, or undefined when none runs
 */
function refusalOfSecondInstance() {
  const module = join(root, 'dist', 'instance.js');
  if (!existsSync(module)) return undefined;
  try {
    createRequire(import.meta.url)(module).refuseSecondInstance(resolve(process.env.DATA_DIR || '.portage'));
  } catch (error) {
    if (error.name === 'InstanceRunning') return error;
  }
  return undefined;
}

async function start() {
  const refusal = refusalOfSecondInstance();
  if (refusal !== undefined) throw refusal;
  if (!(await installedAndBuilt())) return 1;
  return program(['dev', ...args]);
}

/** A command. While an instance runs here, nothing is built: that instance executes the command. */
async function command() {
  if (refusalOfSecondInstance() === undefined && !(await installedAndBuilt())) return 1;
  return program(args);
}

async function installedAndBuilt() {
  await install(root);
  return built();
}

function program(words) {
  releaseSignals();
  // The program runs in this process, so that it gets the terminal's signals directly.
  const main = join(root, 'dist', 'main.js');
  process.argv = [process.execPath, main, ...words];
  // Outside the catch below, so that its errors are shown with their whole stack.
  setImmediate(() => createRequire(import.meta.url)(main));
  return undefined;
}

/**
 * @param jestArgs the arguments of jest
 * @param everything whether the long tests (`*.long.test.ts`) also run
 */
async function jest(jestArgs, everything) {
  const env = { ...process.env, ...(everything && { PORTAGE_TESTS: 'all' }) };
  return (await run(process.execPath, [script('jest', 'bin', 'jest.js'), ...jestArgs], { cwd: root, env })).code;
}

/** The quick tests; also a long one that a path on the command line names. */
async function test() {
  await install(root);
  return jest(
    args,
    args.some((arg) => arg.includes('.long')),
  );
}

async function testAll() {
  await install(root);
  return jest(args, true);
}

async function check() {
  await install(root);
  const node =
    (...line) =>
    async () =>
      (await run(process.execPath, line, { cwd: root })).code;
  const steps = [
    ['types', node(script('typescript', 'bin', 'tsc'), '--noEmit')],
    ['lint', node(script('eslint', 'bin', 'eslint.js'), '.')],
    ['format', node(script('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.')],
    ...(args.includes('--no-tests') ? [] : [['tests', () => jest([], false)]]),
  ];
  for (const [name, step] of steps) {
    process.stderr.write(`— ${name} …\n`);
    const startedAt = Date.now();
    const code = await step();
    process.stderr.write(`${code === 0 ? '✓' : '✗'} ${name} · ${elapsed(Date.now() - startedAt)}\n`);
    if (code !== 0) return code;
  }
  return 0;
}

const commands = { start, test, 'test:all': testAll, check, portage: command };

try {
  requireNode();
  const chosen = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (chosen === undefined)
    throw new Error(`Usage: node tools/run.mjs ${Object.keys(commands).join(' | ')} [arguments]`);
  if (process.env.npm_lifecycle_event !== undefined) endWithParent();
  const code = await chosen();
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
