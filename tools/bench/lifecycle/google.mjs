// The emulator in a process of its own, as Google is, with a fresh account for each consent.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * @param root the project's folder
 * @param dayMs length of Google's day
 */
export async function startGoogle({ root, client, dayMs }) {
  const options = ['--client-id', client.id, '--client-secret', client.secret, '--job-duration', '0'];
  const child = spawn(
    process.execPath,
    [join(root, 'dist/main.js'), 'emulator', '--port', '0', '--day', `${dayMs}ms`, ...options],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
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
  return {
    url,
    pid: child.pid,
    /** Standing still, so that a consent's first export may begin however long the others take. */
    stopClock: () => control('/clock', { mode: 'set', at: new Date().toISOString() }),
    runClock: () => control('/clock', { mode: 'real' }),
    /** A new account's answer to a request for consent. @returns the authorization code */
    async consent({ authorizeUrl, email, access }) {
      await control('/accounts', { email, name: email, historyDays: 5 });
      await control('/consent', { next: { access, account: email } });
      const answer = await fetch(authorizeUrl, { redirect: 'manual' });
      return new URL(answer.headers.get('location')).searchParams.get('code');
    },
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
