/**
 * Loads packages through Node, once for all test files of a process, instead of once for each file: loading the SDKs of
 * Temporal, Google and AWS costs more than most tests. The project's own modules stay separate for each file.
 */
const { createRequire } = require('node:module');

const Runtime = require('jest-runtime').default;

const requires = new Map();

/** The `require` of a file of ours. */
function requireOf(file) {
  const known = requires.get(file) ?? createRequire(file);
  requires.set(file, known);
  return known;
}

/** `@scope/name`, `name/file` and `node:fs` are packages or Node's; a path is ours, and Jest's globals are Jest's. */
const isOfPackage = (name) => !/^[./]/.test(name) && name !== '@jest/globals';

module.exports = class SharedPackagesRuntime extends Runtime {
  requireModuleOrMock(from, name) {
    return isOfPackage(name) ? requireOf(from)(name) : super.requireModuleOrMock(from, name);
  }
};
