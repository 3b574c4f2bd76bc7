const { availableParallelism, totalmem } = require('node:os');

const runsAll = process.env.PORTAGE_TESTS === 'all';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/setup/one-realm-environment.js',
  runtime: '<rootDir>/test/setup/shared-modules-runtime.js',
  testSequencer: '<rootDir>/test/setup/longest-first-sequencer.js',
  // A process that grew is replaced between two files.
  workerIdleMemoryLimit: '1GB',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  // Long tests run with `npm run test:all`, and when a path names one (tools/run.mjs, test/support/long.ts).
  testPathIgnorePatterns: ['/node_modules/', ...(runsAll ? [] : ['\\.long\\.test\\.ts$'])],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
      },
    ],
  },
  globalSetup: '<rootDir>/test/setup/global-setup.ts',
  globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
  setupFiles: ['<rootDir>/test/setup/check-answers.ts', '<rootDir>/test/setup/draw-from-seed.ts'],
  // A dynamic import names the compiled file; here its source stands in.
  moduleNameMapper: {
    '^(\\./(?:s3|parts|migrate|verify|records|keys|audit|retention|consents|webhooks|users|host-apps|api-keys|kml)|\\.\\./dev/demo-environment|\\.\\./formats/html-pieces)\\.js$':
      '$1',
  },
  // Ends a hanging test; the benchmarks measure speed. With other tests on two cores, a long test takes minutes.
  testTimeout: 600_000,
  // Quick tests spend half of their time waiting for servers, long ones less. A process of theirs takes up to two gigabytes.
  maxWorkers: Math.max(2, Math.min(2 * availableParallelism() + (runsAll ? 0 : 1), Math.floor(totalmem() / 3e9))),
};
