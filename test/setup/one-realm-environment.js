/**
 * Tests run in Node's own realm, so that packages that are loaded once for a whole run (`shared-modules-runtime.js`)
 * and the tests share one `Error`, one `Array` and one `globalThis`. Jest otherwise gives each file a realm of its own.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');

const { TestEnvironment } = require('jest-environment-node');

/** Descriptions of the symbols under which jest-circus keeps its state. */
const runnerState = new Set(['EVENT_HANDLERS', 'JEST_STATE_SYMBOL', 'TEST_TIMEOUT_SYMBOL', 'RETRY_TIMES']);

/** Contexts of these environments. Jest compiles each module for the context of its environment: here for Node's own. */
const contexts = new WeakSet();
/** Of Node; Jest's runner wraps them again for each file. */
const { exit, getBuiltinModule } = process;
const { compileFunction } = vm;
/** Functions of the modules by their code: each file runs the same functions anew, and they are compiled once. */
const compiled = new Map();
vm.compileFunction = (code, parameters, options = {}) => {
  if (!contexts.has(options.parsingContext)) return compileFunction(code, parameters, options);
  const key = [options.filename, ...parameters, code].join('\0');
  const known =
    compiled.get(key) ??
    // Jest's loader of import() belongs to the other realm; code that is compiled to CommonJS has no import().
    compileFunction(code, parameters, { ...options, parsingContext: undefined, importModuleDynamically: undefined });
  compiled.set(key, known);
  return known;
};

/**
 * Storages that a file uses, among them two of Jest's test runner, which each file loads anew. Node 20 copies the values
 * of all storages into each promise, so those of former files would make each promise of later files more expensive.
 */
const storages = new Set();
/** What Jest's test runner stores: tests and hooks, which sockets and timers that outlive their file would keep alive. */
const runnerValues = new Set();
for (const method of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[method];
  AsyncLocalStorage.prototype[method] = function (value, ...args) {
    storages.add(this);
    if (value?.test ?? value?.hook ?? value?.describeBlock) runnerValues.add(value);
    return original.call(this, value, ...args);
  };
}

// Jest ends a process that is not gone half a second after its last file, and blames handles that were left open. Taking
// down a heap of a gigabyte takes as long, and nothing that is left to do then is needed.
process.once('beforeExit', () => process.exit());

module.exports = class OneRealmEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    contexts.add(this.context);
    this.global = globalThis;
    this.environmentVariables = { ...process.env };
  }

  /** A file's changes to the environment variables do not reach the next file of this process. */
  async teardown() {
    for (const name of Object.keys(process.env)) if (!(name in this.environmentVariables)) delete process.env[name];
    Object.assign(process.env, this.environmentVariables);
    // The realm outlives the file, so it is not taken apart as the base class would. What Jest's test runner left in it
    // would keep alive all that the file loaded, and hand its settings on.
    for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
      if (runnerState.has(symbol.description)) delete globalThis[symbol];
    }
    Object.assign(process, { exit, getBuiltinModule });
    for (const storage of storages) storage.disable();
    storages.clear();
    for (const value of runnerValues) for (const name of Object.keys(value)) delete value[name];
    runnerValues.clear();
    await shutDownTemporal();
  }
};

/** A file that failed may leave Temporal's runtime, of which there is one in a process: the next file installs its own. */
async function shutDownTemporal() {
  const loaded = require.cache[require.resolve('@temporalio/worker')];
  await loaded?.exports.Runtime?._instance?.shutdown();
}
