/** The emulator driven by Google's Python client, where Python and the client are installed, or CI can install it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clientId, clientSecret, redirectUri, startTestEmulator } from './harness';

const run = promisify(execFile);
const folder = join(__dirname, 'python');

/** A Python that has Google's client: the named one, the one on the PATH, or in CI one made for the purpose. */
async function findPython(temporary: string): Promise<string | undefined> {
  const works = (python: string) =>
    run(python, ['-c', 'import googleapiclient, google_auth_oauthlib']).then(
      () => true,
      () => false,
    );
  for (const python of [process.env['PORTAGE_TEST_PYTHON'] ?? 'python3', 'python3'])
    if (await works(python)) return python;
  if (process.env['CI'] === undefined) return undefined;
  const made = join(temporary, 'bin', 'python');
  const install = [
    ['-m', 'venv', temporary],
    ['-m', 'pip', 'install', '-q', '-r', join(folder, 'requirements.txt')],
  ] as const;
  try {
    await run('python3', install[0]);
    await run(made, install[1]);
  } catch {
    return undefined;
  }
  return made;
}

describe('Google’s Python client', () => {
  let temporary: string;
  beforeAll(() => {
    temporary = mkdtempSync(join(tmpdir(), 'emulator-python-'));
  });
  afterAll(() => rmSync(temporary, { recursive: true }));

  it('drives all six methods unchanged, where it is installed', async () => {
    const python = await findPython(temporary);
    if (python === undefined) {
      process.stderr.write('Not tried: no python3 with google-api-python-client and google-auth-oauthlib here.\n');
      return;
    }
    const emulator = await startTestEmulator();
    const { stdout } = await run(
      python,
      [join(folder, 'journey.py'), emulator.url, clientId, clientSecret, redirectUri],
      {
        // The client wants https everywhere but here.
        env: { ...process.env, OAUTHLIB_INSECURE_TRANSPORT: '1' },
      },
    );
    const seen = JSON.parse(stdout) as { names: string[] };
    expect(seen).toMatchObject({
      access: { timeBasedResources: ['myactivity.search'] },
      state: 'COMPLETE',
      cancelled: 400,
      reset: {},
    });
    expect(seen.names).toContain('Portability/archive_browser.json');
    const methods = new Set(emulator.control.requests().map(({ method }) => method));
    expect([...methods]).toEqual(expect.arrayContaining(['check', 'initiate', 'state', 'retry', 'cancel', 'reset']));
  });
});
