/** An import into an S3 bucket that is unreachable when the bytes arrive. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import yauzl from 'yauzl';

import { startTestPortage } from '../support/portage';
import { startTestS3, type TestS3 } from '../support/versitygw';
import { filesIn } from '../storage/stages';
import { until } from '../support/until';

it('waits for an unreachable bucket, stores nothing readable in it, and serves from it', async () => {
  const s3: TestS3 | undefined = await startTestS3().catch((error: unknown) => {
    process.stderr.write(`Storage in S3 is not tested: ${String(error)}\n`);
    return undefined;
  });
  if (s3 === undefined) return;
  const bucket = join(s3.folder, 'portage-test');
  mkdirSync(bucket);
  const portage = await startTestPortage({
    environment: {
      STORAGE_URL: `s3://portage-test/archives?endpoint=${s3.endpoint}`,
      S3_ACCESS_KEY_ID: s3.credentials.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
    },
  });
  try {
    await s3.halt();
    const { consentId } = await portage.connect({ resources: ['myactivity.search'] });
    if (consentId === undefined) throw new Error('the user did not get to a consent');
    while (!portage.logLines.some((line) => line.includes('STORAGE_UNAVAILABLE') && line.includes('ECONNREFUSED'))) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect((await fetch(`${portage.url}/readyz`)).status).toBe(503);
    await s3.start();

    const consent = await portage.ended(consentId);
    expect(consent.state).toBe('completed');
    const [exported] = consent.exports;
    expect(exported?.verdict).toBe('complete');
    await until('readiness', async () => (await fetch(`${portage.url}/readyz`)).status === 200);

    // An object of a readiness check may be there at the moment.
    const objects = filesIn(bucket).filter((object) => !object.startsWith('archives/probes/'));
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) {
      expect(object).toMatch(new RegExp(`^archives/consents/${consentId}/exports/exp_\\w+/(parts|records)/[\\w/-]+$`));
      const bytes = readFileSync(join(bucket, object));
      for (const plain of ['PK\u0003\u0004', 'MyActivity', 'archive_browser'])
        expect(bytes.includes(plain)).toBe(false);
    }
    const names: string[] = [];
    for (const { path } of exported?.parts ?? []) {
      const answer = await fetch(portage.url + path, { headers: { authorization: `Bearer ${portage.apiKey}` } });
      const zip = await yauzl.fromBufferPromise(Buffer.from(await answer.arrayBuffer()));
      for await (const entry of zip.eachEntry()) names.push(entry.fileName);
    }
    expect(names.some((name) => name.includes('My Activity'))).toBe(true);
  } finally {
    await portage.stop();
    await s3.stop();
  }
});
