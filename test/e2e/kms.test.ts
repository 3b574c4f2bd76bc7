/** An import whose data key is sealed with a key of AWS KMS, by a real server. */
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';

import { dataKeys } from '../../src/database/schema';
import { startMoto, type Moto } from '../support/moto';
import { startTestPortage, type TestPortage } from '../support/portage';

describe('with a key in KMS', () => {
  let kms: Moto;
  let portage: TestPortage;
  let arn: string;

  beforeAll(async () => {
    // Where the SDK looks for credentials; the server for tests takes any.
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test-access', AWS_SECRET_ACCESS_KEY: 'test-secret' });
    kms = await startMoto();
    const client = new KMSClient({ region: 'eu-central-1', endpoint: kms.endpoint });
    arn = (await client.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
    portage = await startTestPortage({ environment: { KMS_KEY_ARN: arn, KMS_ENDPOINT: kms.endpoint } });
  });
  afterAll(async () => {
    await portage.stop();
    await kms.stop();
  });

  it('an archive is imported, verified and served, and its data key is sealed there', async () => {
    const consent = await portage.import({ resources: ['myactivity.search'] });
    expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });
    const [row] = await portage.portage.database.db.select().from(dataKeys);
    expect(row?.sealedKey?.startsWith(`kms/${arn}.`)).toBe(true);
    const [part] = consent.exports[0]?.parts ?? [];
    const answer = await fetch(`${portage.url}${part?.path ?? ''}`, {
      headers: { authorization: `Bearer ${portage.apiKey}` },
    });
    expect((await answer.arrayBuffer()).byteLength).toBe(part?.bytes);
  });
});
