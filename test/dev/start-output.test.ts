// The output of npm start: addresses, log, key, a request, and the set-up at Google.
import { exampleRequest, startOutput } from '../../src/dev/start-output';
import { startTestPortage } from '../support/portage';

const dataDir = '/home/ada/src/portage/.portage';
const dev = (emulatorUrl: string | undefined) => ({
  config: {
    publicUrl: 'http://localhost:3000',
    dataDir,
    google: { clientId: 'my-client', redirectUri: 'http://localhost:3000/oauth/callback', emulatorUrl },
  },
  hostAppUrl: 'http://localhost:3001',
  temporalUiUrl: 'http://127.0.0.1:8233',
});

it('names the four addresses, the log, the key and the way to stop, within 80 columns', () => {
  const text = startOutput(dev('http://127.0.0.1:3200'));
  for (const expected of [
    'Demo app     http://localhost:3001',
    'Portage      http://localhost:3000',
    'Emulator     http://127.0.0.1:3200',
    'Temporal UI  http://127.0.0.1:8233',
    `Log          ${dataDir}/portage.log`,
    `PORTAGE_API_KEY="$(cat ${dataDir}/api.key)"`,
    'curl -sS http://localhost:3000/v1/connect-sessions \\',
    'Ctrl-C stops everything.',
  ]) {
    expect(text).toContain(expected);
  }
  expect(text).not.toContain('redirect URI');
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

it('prints a request that the API accepts', async () => {
  const portage = await startTestPortage();
  try {
    const [, body] = /-d '(.+)'$/s.exec(exampleRequest(portage.url, dataDir).join('\n')) ?? [];
    const { key } = await portage.portage.hostApps.createApiKey('An app that confirms', { confirmation: true });
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await fetch(`${portage.url}/v1/connect-sessions`, { method: 'POST', headers, body: body ?? '' });
    expect([answer.status, await answer.json()]).toMatchObject([201, { connectUrl: expect.any(String) as string }]);
  } finally {
    await portage.stop();
  }
});

it('lists for Google what to register and enable, and that there is no sample user', () => {
  const text = startOutput(dev(undefined));
  for (const expected of [
    'my-client',
    'http://localhost:3000/oauth/callback',
    'dataportability.googleapis.com',
    'auth/dataportability.myactivity.search',
    'no sample user',
  ]) {
    expect(text).toContain(expected);
  }
  expect(text).not.toContain('Emulator  ');
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
