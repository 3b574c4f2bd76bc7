// A round of housekeeping with unreachable peers: it ends well and logs what it left for the next round.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';

import { createHousekeepingActivities } from '../../src/activities';
import { createActivityInterceptor } from '../../src/activities/interceptor';
import { loadConfig } from '../../src/config';
import { createConsentWorkflows } from '../../src/temporal/client/consent-workflows';
import { PortageError, type ErrorCode } from '../../src/domain/error-codes';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { installRuntime } from '../../src/worker/start-worker';
import type { housekeepingWorkflow } from '../../src/workflows/housekeeping';
import { databaseSettings } from '../support/database';
import { temporalAddress, testVaultKeys } from '../support/portage';
import { storeExport } from '../support/stored-export';
import { until } from '../support/until';
import { consentWorkflowId, overdueRecordsId } from '../../src/workflows/ids';
import '../support/built';

const taskQueue = `housekeeping-in-an-outage-${randomUUID()}`;
const logLines: string[] = [];
const logger = createLogger('info', { write: (line: string) => void logLines.push(line) });
let dataDir: string;
let portage: Portage;
let database: Awaited<ReturnType<typeof databaseSettings>>;
let connection: Connection;
let nativeConnection: NativeConnection;
/** Nothing listens there. */
let elsewhere: Connection;

beforeAll(async () => {
  installRuntime(logger);
  dataDir = mkdtempSync(join(tmpdir(), 'portage-test-housekeeping-'));
  database = await databaseSettings();
  const config = loadConfig({
    DATA_DIR: dataDir,
    VAULT_KEYS: testVaultKeys,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
    // A second try would come after the end of a round, so the first one decides and nothing is waited for.
    RETRY_FIRST: '2m',
    RETRY_LONGEST: '2m',
    ...database.settings,
  });
  portage = await openPortage(config);
  await portage.database.migrate();
  const address = await temporalAddress();
  connection = await Connection.connect({ address });
  nativeConnection = await NativeConnection.connect({ address });
  elsewhere = Connection.lazy({ address: '127.0.0.1:9' });
});
afterAll(async () => {
  await elsewhere.close();
  await nativeConnection.close();
  await connection.close();
  await portage.close();
  await database.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const refusing = (code: ErrorCode) => () => Promise.reject(new PortageError(code));

it('is no failed workflow while the database, Temporal or the storage is unreachable', async () => {
  const { consentId, exportId } = await storeExport(portage, { parts: [Buffer.from('a part')] });
  await portage.exports.recordVerdict(exportId, { verdict: 'complete', findings: [], files: 1 });
  await portage.storage.put(
    `consents/${consentId}/exports/${exportId}/records/0a0b0c/lines/000001`,
    Buffer.from('left'),
  );
  await portage.records.fail(exportId, 'RECORDS_OVERDUE', new Date(Date.now() - 2 * 3_600_000));

  let isAway = true;
  const dependencies: Portage['activityDependencies'] = {
    ...portage.activityDependencies,
    connectSessions: {
      ...portage.connectSessions,
      endDead: (...asked) => (isAway ? refusing('DATABASE_UNAVAILABLE')() : portage.connectSessions.endDead(...asked)),
    },
    storage: {
      ...portage.storage,
      delete: (key) => (isAway ? refusing('STORAGE_UNAVAILABLE')() : portage.storage.delete(key)),
    },
  };
  const here = new Client({ connection });
  const workflowsAt = (client: Client) =>
    createConsentWorkflows({
      ...{ client, address: '127.0.0.1:9', taskQueue, consents: portage.consents },
      ...{ timeoutMs: 1_000, now: portage.now },
    });
  const [away, back] = [workflowsAt(new Client({ connection: elsewhere })), workflowsAt(here)];
  const worker = await Worker.create({
    connection: nativeConnection,
    taskQueue,
    workflowBundle: { codePath: join(__dirname, '../../dist/workflow-bundle.js') },
    interceptors: { activity: [createActivityInterceptor(logger)] },
    activities: createHousekeepingActivities({
      ...dependencies,
      consentWorkflows: {
        isRunning: (id) => (isAway ? away : back).isRunning(id),
        start: (consent, policy) => (isAway ? away : back).start(consent, policy),
      },
      webhookWorkflows: { wakeDue: () => Promise.resolve(0) },
    }),
  });
  await worker.runUntil(async () => {
    const round = (workflowId: string) =>
      here.workflow.execute<typeof housekeepingWorkflow>('housekeepingWorkflow', {
        ...{ taskQueue, workflowId, args: [{ policy: portage.config.policy }] },
      });
    const first = await round(`round-1/${taskQueue}`);
    expect(first).toMatchObject({ after: '' });
    expect(first.notDone).toEqual(
      expect.arrayContaining([
        { step: 'reviveConsents', errorCode: 'TEMPORAL_UNAVAILABLE' },
        { step: 'endDeadSessions', errorCode: 'DATABASE_UNAVAILABLE' },
        { step: 'sweepReadings', errorCode: 'STORAGE_UNAVAILABLE' },
      ]),
    );
    const warned = logLines.filter((line) => line.includes('"activity failed"'));
    for (const { errorCode } of first.notDone ?? []) {
      expect(warned.filter((line) => line.includes(`"errorCode":"${errorCode}","remedy"`))).toHaveLength(1);
    }
    // Temporal's runtime forwards a workflow's log line a moment later.
    await until('the round has logged what it left', () =>
      logLines.some((line) => line.includes('housekeeping left steps to its next round')),
    );
    isAway = false;
    expect(await round(`round-2/${taskQueue}`)).toEqual({ after: '' });
    // No worker has the steps of these workflows here.
    for (const id of [consentWorkflowId(consentId), overdueRecordsId(taskQueue)]) {
      await here.workflow.getHandle(id).terminate();
    }
  });
  const left: string[] = [];
  for await (const { key } of portage.storage.list(`consents/${consentId}/exports/${exportId}/records/`))
    left.push(key);
  expect(left).toEqual([]);
});
