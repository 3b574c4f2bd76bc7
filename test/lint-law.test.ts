/**
 * The import law of docs/overview.md, "Where things live": imports that ESLint refuses, and imports that it permits.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..');

/** Files that exist, each with a text that is made up. */
const cases = {
  'a workflow that imports Node': ['src/workflows/housekeeping.ts', "import 'node:fs';"],
  'a workflow that imports a package': ['src/workflows/housekeeping.ts', "import 'zod';"],
  'a workflow that imports activities by value': [
    'src/workflows/housekeeping.ts',
    "import { createCallActivities } from '../activities';\ncreateCallActivities;",
  ],
  'a workflow that imports Google’s client': ['src/workflows/retention.ts', "import '../google/oauth';"],
  'an inner file of a workflow that imports activities by value': [
    'src/workflows/consent/run-loops.ts',
    "import { createCallActivities } from '../../activities';\ncreateCallActivities;",
  ],
  'an inner file of a workflow that imports Google’s client': [
    'src/workflows/export/run-cycle.ts',
    "import '../../google/oauth';",
  ],
  'an emulator that imports the rest': ['src/emulator/clock.ts', "import '../log';"],
  'an emulator’s inner room that imports the rest': [
    'src/emulator/api/archive-jobs.ts',
    "import '../../google/parse-error-answer';",
  ],
  'a workflow that imports a value of a type-only room': [
    'src/workflows/retention.ts',
    "import { activities } from '../activities';\nimport type { Policy } from '../domain/policy';\nactivities;",
  ],
  'a domain that imports anything of ours': ['src/domain/policy.ts', "import '../config';"],
  'a domain that imports a type of ours': ['src/domain/policy.ts', "export type { Config } from '../config';"],
  'a domain that imports a package': ['src/domain/policy.ts', "import 'zod';"],
  'a domain that imports Node': ['src/domain/policy.ts', "import 'node:fs';"],
  'a server that imports activities': ['src/server/app.ts', "import '../activities';"],
  'a server that imports the emulator': ['src/server/app.ts', "import '../emulator';"],
  'an activity that imports a workflow': ['src/activities/housekeeping.ts', "import '../workflows/retention';"],
  'a client of Google that imports the server': ['src/google/oauth.ts', "import '../server/app';"],
  'a vault that imports the server': ['src/vault.ts', "import './server/app';"],
  'a payload codec that imports the server': ['src/temporal/payload-codec.ts', "import '../server/app';"],
  'an archive’s reader that imports activities': ['src/archive/verify/manifest.ts', "import '../../activities';"],
  'an archive’s reader that imports records': [
    'src/archive/verify/manifest.ts',
    "import '../../records/store/record';",
  ],
  'a reader of records that imports activities': ['src/records/read/read-export.ts', "import '../../activities';"],
  'a reader of records that imports the server': ['src/records/readers/play.ts', "import '../../server/app';"],
  'a consent’s messages that import the server': [
    'src/temporal/client/consent-messages.ts',
    "import '../../server/app';",
  ],
  'a consent’s workflow that imports activities': [
    'src/temporal/client/consent-workflows.ts',
    "import '../../activities';",
  ],
  'a reading of the next export that imports a command': [
    'src/consent-status/next-export.ts',
    "import '../commands/consents';",
  ],
  'a log that imports the development set-up': ['src/log.ts', "import './dev/listeners';"],
  'a reading of the environment by the executable': ['src/main.ts', "process.env['PATH'];"],
  'a reading of the environment by taking process apart': [
    'src/worker/start-worker.ts',
    'export const { env } = process;',
  ],
  'a reading of the environment by import': [
    'src/worker/start-worker.ts',
    "import { env } from 'node:process';\nenv['PATH'];",
  ],
  'an exit by import': ['src/worker/start-worker.ts', "import process from 'process';\nprocess.exit(1);"],
  'a reading of the environment by another file of the configuration': [
    'src/config/load-config.ts',
    "process.env['PATH'];",
  ],
  'a reading of the environment elsewhere': ['src/worker/start-worker.ts', "process.env['PATH'];"],
  'an exit elsewhere': ['src/worker/start-worker.ts', 'process.exit(1);'],
} as const;

const allowed = {
  'a workflow that imports Temporal, the domain, and activities as types': [
    'src/workflows/housekeeping.ts',
    [
      "import { sleep } from '@temporalio/workflow';",
      "import type { Activities } from '../activities';",
      "import { pollDelayMs } from '../domain/policy';",
      "import { calls } from './steps';",
      'export const used: [typeof sleep, typeof pollDelayMs, typeof calls, Activities | undefined] = [',
      '  sleep,',
      '  pollDelayMs,',
      '  calls,',
      '  undefined,',
      '];',
    ].join('\n'),
  ],
  'an inner file of a workflow that imports other workflows, the domain, and activities as types': [
    'src/workflows/consent/run-loops.ts',
    [
      "import type { Activities } from '../../activities';",
      "import { pollDelayMs } from '../../domain/policy';",
      "import { runCycle } from '../export/run-cycle';",
      "import { calls } from '../steps';",
      'export const used: [typeof pollDelayMs, typeof runCycle, typeof calls, Activities | undefined] = [',
      '  pollDelayMs,',
      '  runCycle,',
      '  calls,',
      '  undefined,',
      '];',
    ].join('\n'),
  ],
  'a domain that imports the domain': ['src/domain/policy.ts', "import './states';"],
  'a server that imports workflows and the database': [
    'src/server/app.ts',
    "import '../workflows/task-queues';\nimport '../database/ids';",
  ],
  'a reader of records that imports archives and the database': [
    'src/records/read/read-export.ts',
    "import '../../archive/zip/member';\nimport '../../database/ids';",
  ],
  'a consent’s messages that import workflows and the database': [
    'src/temporal/client/consent-messages.ts',
    "import '../../workflows/signals-and-queries';\nimport '../../database/consents';",
  ],
  'a command that imports the development set-up': ['src/commands/dev.ts', "import '../dev/dev';"],
  'an emulator’s room that imports another room of the emulator': [
    'src/emulator/api/archive-jobs.ts',
    "import '../clock';",
  ],
  'the configuration that reads the environment': [
    'src/config/environment.ts',
    "export const path = process.env['PATH'];",
  ],
  'the executable that exits': ['src/main.ts', 'process.exit(1);'],
} as const;

/** The rules that make up the law. */
const law = ['import-x/no-restricted-paths', '@typescript-eslint/no-restricted-imports', 'no-restricted-properties'];

const lintAll = `
  const { ESLint } = require('eslint');
  const [cases, law] = JSON.parse(process.argv[1]);
  (async () => {
    // None of these rules asks for types, and reading the types of the whole project for each text takes seconds.
    const withoutTypes = { languageOptions: { parserOptions: { project: null } } };
    const eslint = new ESLint({ overrideConfig: [withoutTypes], ruleFilter: ({ ruleId }) => law.includes(ruleId) });
    const results = [];
    for (const [filePath, text] of cases) results.push((await eslint.lintText(text, { filePath }))[0].messages);
    console.log(JSON.stringify(results));
  })();
`;

describe('the import law', () => {
  const all = [...Object.entries(cases), ...Object.entries(allowed)];
  let messages: { ruleId: string | null; fatal?: boolean; message: string }[][];

  beforeAll(async () => {
    const texts = JSON.stringify([all.map(([, [file, text]]) => [file, text]), law]);
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', lintAll, texts], {
      cwd: root,
      maxBuffer: 10_000_000,
    });
    messages = JSON.parse(stdout) as typeof messages;
  });

  const breaches = (name: string) => {
    const reported = messages[all.findIndex(([each]) => each === name)] ?? [];
    expect(reported.filter(({ fatal }) => fatal)).toEqual([]);
    return reported.filter(({ ruleId }) => ruleId !== null);
  };

  it.each(Object.keys(cases))('refuses %s', (name) => {
    expect(breaches(name)).not.toEqual([]);
  });

  it.each(Object.keys(allowed))('lets pass %s', (name) => {
    expect(breaches(name)).toEqual([]);
  });
});
