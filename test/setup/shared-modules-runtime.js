/**
 * Loads packages and the modules of `src` once for all test files of a process, instead of once for each file: loading
 * the SDKs of Temporal, Google and AWS costs more than most tests, and modules that stay are compiled and optimised
 * once. A module of `src` keeps nothing that changes a later result: only what it has read or computed once, and threads
 * that wait for the next archive. `jest.mock` and `jest.resetModules` have no effect on it.
 * Test files, what they share and the setup stay separate for each file.
 */
const { createRequire } = require('node:module');
const { dirname, join, sep } = require('node:path');
const { compileFunction } = require('node:vm');

const Runtime = require('jest-runtime').default;

const sources = join(dirname(require.resolve('../../package.json')), 'src') + sep;
/** The `require` of a file of ours for packages, by the file's path. */
const requires = new Map();
/** Modules of `src`, by path. */
const modules = new Map();
/** Paths of the source maps of those modules, by the module's path. */
const sourceMaps = new Map();
/** The runtime of the file whose tests run. A module that stays outlives the runtime that loaded it. */
let current;

function requireOf(file) {
  const known = requires.get(file) ?? createRequire(file);
  requires.set(file, known);
  return known;
}

/** `@scope/name`, `name/file` and `node:fs` are packages or Node's; a path is ours, and Jest's globals are Jest's. */
const isOfPackage = (name) => !/^[./]/.test(name) && name !== '@jest/globals';

/** The `require` of a module of `src`. */
function requireFrom(path) {
  const require = (name) => current.requireModuleOrMock(path, name);
  return Object.assign(require, { resolve: (name) => current._resolution.resolveCjs(path, name) });
}

module.exports = class SharedModulesRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFs, coverage, testPath, globalConfig) {
    super(config, environment, resolver, transformer, cacheFs, coverage, testPath, globalConfig);
    current = this;
    // Between two runs of a watched suite the sources change.
    if (globalConfig?.watch || globalConfig?.watchAll) modules.clear();
    for (const [path, map] of sourceMaps) this.getSourceMaps().set(path, map);
  }

  requireModuleOrMock(from, name) {
    if (isOfPackage(name)) return requireOf(from)(name);
    const path = this._resolution.resolveCjs(from, name);
    return path.startsWith(sources) ? this.requireSource(path) : super.requireModuleOrMock(from, name);
  }

  requireSource(path) {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {}, id: path, filename: path };
    modules.set(path, module);
    try {
      const code = this.transformCache.transform(path);
      sourceMaps.set(path, this.getSourceMaps().get(path));
      const run = compileFunction(code, ['exports', 'require', 'module', '__filename', '__dirname'], {
        filename: path,
      });
      run(module.exports, requireFrom(path), module, path, dirname(path));
    } catch (error) {
      modules.delete(path);
      throw error;
    }
    return module.exports;
  }
};
