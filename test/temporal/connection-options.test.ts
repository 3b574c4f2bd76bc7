// Temporal behind TLS, a client certificate and an API key: server, worker and commands get through, and a stranger does not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { migrateCommand } from '../../src/commands/migrate';
import { withOperator } from '../../src/commands/operator';
import { loadConfig } from '../../src/config';
import { usualLimits } from '../../src/domain/timeouts';
import { openProbeConnection } from '../../src/readiness/probe-connection';
import { temporalFailure } from '../../src/temporal/failure';
import { startTestPortage, temporalAddress, testVaultKeys, type TestPortage } from '../support/portage';
import { gatewayName, makeCertificates, startTemporalGateway, type Certificates } from '../support/temporal-gateway';
import { until } from '../support/until';

const apiKey = 'the-key-of-this-test';
let folder: string;
let certificates: Certificates;
let gateway: Awaited<ReturnType<typeof startTemporalGateway>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portage-tls-'));
  certificates = makeCertificates(folder);
  gateway = await startTemporalGateway(await temporalAddress(), certificates, apiKey);
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

const settings = () => ({
  TEMPORAL_ADDRESS: gateway.address,
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: certificates.ca,
  TEMPORAL_TLS_CLIENT_CERT_PATH: certificates.client,
  TEMPORAL_TLS_CLIENT_KEY_PATH: certificates.clientKey,
  TEMPORAL_TLS_SERVER_NAME: gatewayName,
  TEMPORAL_API_KEY: apiKey,
});

const google = { GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret', VAULT_KEYS: testVaultKeys };

describe('a Temporal that wants a client certificate and an API key', () => {
  let portage: TestPortage;
  beforeAll(async () => {
    portage = await startTestPortage({ environment: settings() });
  });
  afterAll(() => portage.stop());

  it('is used by server and worker for a whole import', async () => {
    const before = gateway.calls();
    const consent = await portage.import({ resources: ['myactivity.shopping'] });
    expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
    expect(gateway.calls()).toBeGreaterThan(before);
  });

  it('makes the server ready, which asks by a connection of its own', async () => {
    await until('the server is ready', async () => (await fetch(`${portage.url}/readyz`)).status === 200);
  });

  it('is used by the commands', async () => {
    const { consentId = '' } = await portage.connect({ resources: ['myactivity.shopping'] });
    const context = { environment: {}, portage: portage.portage };
    await until('the workflow exists', async () => {
      const { workflow } = await withOperator(context as never, ({ pendingSteps }) => pendingSteps(consentId));
      return workflow === 'running' || workflow === 'closed';
    });
    await portage.ended(consentId);

    const written: string[] = [];
    const terminal = { out: writingTo(written), remarks: writingTo(written), width: undefined, answers: undefined };
    await migrateCommand({ ...context, terminal } as never).parseAsync([], { from: 'user' });
    expect(written.join('')).toContain('Temporal knows the search attributes in the namespace default.');
  });
});

describe('a stranger', () => {
  const reach = async (changes: Record<string, string | undefined>, withinMs = 3_000) => {
    const { temporal } = loadConfig({ ...google, ...settings(), ...changes });
    const connection = openProbeConnection(temporal, usualLimits.temporal);
    try {
      await connection.withDeadline(Date.now() + withinMs, () => connection.workflowService.getSystemInfo({}));
      return 'let in';
    } catch (error) {
      return temporalFailure(error, temporal.address)?.message ?? error;
    } finally {
      await connection.close();
    }
  };

  it('is let in with everything that was asked for, which shows that the refusals below have their reason', async () => {
    expect(await reach({}, 60_000)).toBe('let in');
  });

  it.each([
    ['without a certificate', { TEMPORAL_TLS_CLIENT_CERT_PATH: '', TEMPORAL_TLS_CLIENT_KEY_PATH: '' }],
    ['without the authority that signed the server', { TEMPORAL_TLS_SERVER_CA_CERT_PATH: '' }],
    ['who expects a server of another name', { TEMPORAL_TLS_SERVER_NAME: 'other.test' }],
  ])('%s gets no connection', async (_what, changes) => {
    expect(await reach(changes)).toContain(`Temporal does not answer: ${gateway.address}`);
  });

  it('with a certificate of another authority gets no connection', async () => {
    const pair = {
      TEMPORAL_TLS_CLIENT_CERT_PATH: certificates.stranger,
      TEMPORAL_TLS_CLIENT_KEY_PATH: certificates.strangerKey,
    };
    expect(await reach(pair)).toContain(`Temporal does not answer: ${gateway.address}`);
  });

  it('with another API key gets an error that names the settings to check', async () => {
    expect(await reach({ TEMPORAL_API_KEY: 'another' }, 60_000)).toContain(
      'refuses these credentials. Check TEMPORAL_API_KEY, the TEMPORAL_TLS variables and TEMPORAL_NAMESPACE',
    );
  });

  it('without TLS gets no connection', async () => {
    const { address } = gateway;
    const connection = openProbeConnection({ address, tls: undefined, apiKey: undefined }, usualLimits.temporal);
    const call = connection.withDeadline(Date.now() + 3_000, () => connection.workflowService.getSystemInfo({}));
    await expect(call).rejects.toThrow(/^\d+ [A-Z_]+: /);
    await connection.close();
  });
});

const writingTo = (written: string[]) =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  });
