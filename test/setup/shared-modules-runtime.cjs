const { createRequire } = require('node:module');
const Runtime = require('jest-runtime').default;
const inFolder = new Map();
module.exports = class extends Runtime {
  requireModuleOrMock(from, name) {
    if (/^[./]/.test(name) || name.startsWith('node:') || name === '@jest/globals') return super.requireModuleOrMock(from, name);
    let r = inFolder.get(from);
    if (!r) inFolder.set(from, (r = createRequire(from)));
    return r(name);
  }
};
