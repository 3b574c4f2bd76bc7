/**
 * The payloads of an import at Temporal's server: sealed by default, readable on demand, opened across a rotation of
 * keys.
 */
import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';
import { loadConfig } from '../../src/config';
import { createDataConverter } from '../../src/temporal/data-converter';
import { historyText, keptHistoryText, payloadEncodings } from '../support/history';
import { startTestPortage, testClient, testVaultKeys, type TestPortage } from '../support/portage';
import { until } from '../support/program';
import { longIt } from '../support/long';

const resource = 'myactivity.shopping';
const refusal = { code: 400, status: 'INVALID_ARGUMENT', message: 'bad' };
/** Words of an activity's failure, of its summary, and of inputs and results. */
const failureWords = 'Google refused the request as invalid';
const failureRemedy = 'Check that the resource exists';
const summaryWords = 'wait for the archive';
const inputWords = 'pollEveryMs';

const workflowsOf = (consentId: string) => [consentWorkflowId(consentId), exportWorkflowId(consentId, resource)];

async function textsOf(portage: TestPortage, consentId: string) {
  const kept: string[] = [];
  const opened: string[] = [];
  for (const id of workflowsOf(consentId)) {
    kept.push(await keptHistoryText(portage.temporal, id));
    opened.push(await historyText(portage.temporal, id));
  }
  return { kept: kept.join('\n'), opened: opened.join('\n') };
}

describe('an import whose payloads are encrypted, as by default', () => {
  let portage: TestPortage;

  beforeAll(async () => {
    portage = await startTestPortage({ environment: { TEMPORAL_PAYLOADS: '' } });
  });
  afterAll(async () => {
    await portage.stop();
  });

  it('completes, and leaves no input, result or summary readable in Temporal', async () => {
    const consent = await portage.import({ resources: [resource] });
    expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });

    const { kept, opened } = await textsOf(portage, consent.id);
    const exportId = consent.exports[0]?.id ?? '';
    const archiveJobId = portage.emulator.control.state.jobs.at(-1)?.jobId ?? '';
    for (const words of [exportId, archiveJobId, summaryWords, inputWords, 'json/plain', 'parts']) {
      expect(words).not.toBe('');
      // The search itself works: a client with the keys finds it.
      expect(opened).toContain(words === 'json/plain' ? inputWords : words);
      expect(kept).not.toContain(words);
    }
    for (const id of workflowsOf(consent.id)) {
      expect(await payloadEncodings(portage.temporal, id)).toEqual(new Set(['binary/encrypted']));
    }
    // Ids of workflows and search attributes are never sealed by Temporal (docs/overview.md, "Temporal").
    expect(kept).toContain(consent.id);
    expect(kept).toContain(resource);
  });

  it('that fails gives its workflow the code, and Temporal no text', async () => {
    portage.emulator.control.addFault({ method: 'initiate', status: 400, body: { error: refusal } });
    const consent = await portage.import({ resources: [resource], userId: 'refused' });
    // Type and finality of the activity's failure were readable to the workflow.
    expect(consent).toMatchObject({
      state: 'failed',
      errorCode: 'GOOGLE_REFUSED',
      exports: [{ state: 'failed', errorCode: 'GOOGLE_REFUSED' }],
    });
    const { kept, opened } = await textsOf(portage, consent.id);
    for (const words of [failureWords, failureRemedy]) {
      expect(opened).toContain(words);
      expect(kept).not.toContain(words);
    }
    expect(kept).toContain('Encoded failure');
    expect(kept).toContain('GOOGLE_REFUSED');
  });

  it('answers a query of its workflow to a client with the keys', async () => {
    const consent = await portage.import({ resources: [resource], userId: 'asked' });
    const handle = portage.temporal.workflow.getHandle(consentWorkflowId(consent.id));
    expect(await handle.query('status')).toMatchObject({ state: 'completed' });
    expect(await handle.result()).toMatchObject({ state: 'completed' });
  });
});

describe('an import whose payloads are readable, as in development', () => {
  it('shows inputs, summaries and failures in Temporal', async () => {
    const portage = await startTestPortage({ environment: { TEMPORAL_PAYLOADS: 'readable' } });
    try {
      portage.emulator.control.addFault({ method: 'initiate', status: 400, body: { error: refusal } });
      const failed = await portage.import({ resources: [resource] });
      expect(failed).toMatchObject({ state: 'failed', errorCode: 'GOOGLE_REFUSED' });
      const { kept } = await textsOf(portage, failed.id);
      for (const words of [failureWords, failureRemedy, inputWords, 'start an archive']) expect(kept).toContain(words);
      expect(kept).not.toContain('Encoded failure');
    } finally {
      await portage.stop();
    }
  });
});

describe('a rotation of the keys', () => {
  longIt(
    'reaches workflows that run, once the workers have both; one without the old key strands nothing',
    async () => {
      const portage = await startTestPortage({ environment: { TEMPORAL_PAYLOADS: 'encrypted' }, worker: false });
      const workerWith = async (vaultKeys: string) => {
        const { vaultKeys: keys } = loadConfig({
          VAULT_KEYS: vaultKeys,
          GOOGLE_CLIENT_ID: testClient.clientId,
          GOOGLE_CLIENT_SECRET: testClient.clientSecret,
        });
        return portage.startWorker(createDataConverter({ vaultKeys: keys, temporal: portage.config.temporal }));
      };
      const newKey = `new:${Buffer.alloc(32, 8).toString('base64')}`;
      const seen = (method: string) =>
        portage.emulator.control.requests().filter((request) => request.method === method).length;
      try {
        portage.emulator.control.setJobs({ durationMs: 600_000 });
        const first = await portage.startWorker();
        const { consentId = '' } = await portage.connect({ resources: [resource] });
        await until('the first poll', () => (seen('state') > 0 ? true : undefined));
        await first.stop();

        const unaware = await workerWith(newKey);
        await until('a complaint', () => portage.logLines.find((line) => line.includes('key id \\"test\\"')));
        await unaware.stop();
        expect((await portage.api.getConsent(consentId)).state).toBe('active');

        const rotated = await workerWith(`${newKey},${testVaultKeys}`);
        for (const job of portage.emulator.control.state.jobs) job.finishAt = 0;
        expect(await portage.ended(consentId)).toMatchObject({
          state: 'completed',
          exports: [{ verdict: 'complete' }],
        });
        await rotated.stop();
        const kept = await keptHistoryText(portage.temporal, exportWorkflowId(consentId, resource));
        for (const id of ['test', 'new']) expect(kept).toContain(Buffer.from(id).toString('base64'));
      } finally {
        await portage.stop();
      }
    },
  );
});
