// The receiver of webhooks in a process of its own, as a host app is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = join(dirname(fileURLToPath(import.meta.url)), 'receiver.mjs');

export async function startReceiver() {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const url = String(line).trim();
  const ask = async (method) => (await fetch(`${url}/report`, { method })).json();
  return {
    url,
    pid: child.pid,
    /** @returns how many were `received`, how many of them were `different`, `repeated` or `outOfOrder` */
    report: () => ask('GET'),
    forget: () => ask('DELETE'),
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
