// Builds stale output: TypeScript to dist, then the workflows into one bundle that every worker loads.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from './child.mjs';
import { withLock } from './lock.mjs';
import { startStep } from './progress.mjs';

const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..');
const sourceOf = /\.tsx?$/;

const stampOf = (root) => join(root, 'dist', '.build-stamp');
const bundleOf = (root) => join(root, 'dist', 'workflow-bundle.js');
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

/** A hash over all inputs of the build. Contents, not times: a checkout touches files without changing them. */
function inputsHash(root) {
  const inputs = [
    ...filesIn(join(root, 'src')),
    ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'tools/build.mjs'].map((name) => join(root, name)),
  ];
  const hash = createHash('sha256');
  for (const file of inputs) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** True when dist was built from the sources as they are now. */
export function isBuilt(root = projectRoot) {
  return (
    existsSync(stampOf(root)) && existsSync(bundleOf(root)) && readFileSync(stampOf(root), 'utf8') === inputsHash(root)
  );
}

/**
 * Builds dist unless it is fresh. Two builds at once wait for each other.
 *
 * @param options `force`: build from nothing; `tolerateTypeErrors`: show the compiler's errors and continue with the
 *   JavaScript that it wrote (tests do so: `npm run check` is where types are checked)
 * @throws an error with the compiler's or the bundler's output
 */
export async function build(root = projectRoot, { force = false, tolerateTypeErrors = false } = {}) {
  if (!force && isBuilt(root)) return;
  await withLock(join(root, '.portage', 'build.lock'), async () => {
    if (!force && isBuilt(root)) return;
    const hash = inputsHash(root);
    const step = startStep('Building', { expected: 'usually under 20 seconds' });
    try {
      rmSync(stampOf(root), { force: true });
      if (force) rmSync(join(root, 'dist'), { recursive: true, force: true });
      const complaints = await compile(root);
      if (complaints !== '' && !tolerateTypeErrors) throw new Error(`TypeScript refused the sources:\n\n${complaints}`);
      await bundleWorkflows(root);
      if (complaints === '') writeFileSync(stampOf(root), hash);
      else process.stderr.write(`\nTypeScript complains; going on regardless:\n${complaints}\n`);
    } catch (error) {
      step.failed();
      throw error;
    }
    step.done();
  });
}

/** Runs the compiler; returns its complaints, or an empty string. */
async function compile(root) {
  const dist = join(root, 'dist');
  const outputs = filesIn(join(root, 'src'))
    .filter((file) => sourceOf.test(file) && !file.endsWith('.d.ts'))
    .map((file) => join(dist, relative(join(root, 'src'), file).replace(sourceOf, '.js')));
  // The incremental build trusts its notes and would not write files again that were deleted from dist by hand.
  if (!outputs.every((file) => existsSync(file))) rmSync(join(dist, '.tsbuildinfo'), { force: true });

  const tsc = createRequire(join(root, 'package.json')).resolve('typescript/bin/tsc');
  const { code, output } = await run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, quiet: true });
  if (!existsSync(dist)) throw new Error(`TypeScript wrote nothing:\n\n${output.trim()}`);

  const kept = new Set(outputs);
  for (const file of filesIn(dist)) {
    const script = file.replace(/\.map$/, '');
    if (script.endsWith('.js') && script !== bundleOf(root) && !kept.has(script)) rmSync(file);
  }
  const executable = join(dist, 'main.js');
  if (existsSync(executable)) chmodSync(executable, 0o755);
  return code === 0 ? '' : output.trim() || `tsc ended with code ${code}`;
}

async function bundleWorkflows(root) {
  const { bundleWorkflowCode, DefaultLogger } = createRequire(join(root, 'package.json'))('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'dist', 'workflows', 'index.js'),
    failureConverterPath: join(root, 'dist', 'temporal', 'failure-converter.js'),
    workflowInterceptorModules: [join(root, 'dist', 'workflows', 'refuse-missing-input.js')],
    logger: new DefaultLogger('WARN', ({ message }) => process.stderr.write(`${message}\n`)),
  });
  const finished = bundleOf(root);
  const unfinished = `${finished}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, finished);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  try {
    await build(projectRoot, {
      force: process.argv.includes('--force'),
      tolerateTypeErrors: process.argv.includes('--tolerate-type-errors'),
    });
  } catch (error) {
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
