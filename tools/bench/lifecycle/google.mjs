// The emulator in a process of its own, as Google is, with a fresh account for each consent.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * @param root the project's folder
 * @param dayMs length of Google's day; a real one by default
 * @param redirectUri of the client; that of a Portage with the usual address by default
 * @param jobDuration how long an archive job takes, such as `1h`
 */
export async function startGoogle({ root, client, dayMs, redirectUri, jobDuration = '0' }) {
  const options = [
    ...['--client-id', client.id, '--client-secret', client.secret, '--job-duration', jobDuration],
    ...(dayMs === undefined ? [] : ['--day', `${dayMs}ms`]),
    ...(redirectUri === undefined ? [] : ['--redirect-uri', redirectUri]),
  ];
  const child = spawn(process.execPath, [join(root, 'dist/main.js'), 'emulator', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const url = String(line).trim();
  const control = async (path, body) => {
    const answer = await fetch(`${url}/_emulator${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  await control('/jobs', { dataParts: 1, manifest: 'same-part' });

  /** A new account's answer to a request for consent. @returns the address to which it redirects the browser */
  const decide = async ({ authorizeUrl, email, access, historyDays = 5 }) => {
    await control('/accounts', { email, name: email, historyDays });
    await control('/consent', { next: { access, account: email } });
    const answer = await fetch(authorizeUrl, { redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`the consent screen answered ${answer.status}: ${await answer.text()}`);
    return location;
  };
  return {
    url,
    pid: child.pid,
    /** Stops the clock, so that a consent's first export may begin however long the others take. */
    stopClock: () => control('/clock', { mode: 'set', at: new Date().toISOString() }),
    runClock: () => control('/clock', { mode: 'real' }),
    decide,
    /** The same. @returns the authorization code */
    consent: async (asked) => new URL(await decide(asked)).searchParams.get('code'),
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
