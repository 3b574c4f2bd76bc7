/**
 * Simulates a user who connects and decides at once, over the same pages and redirects as a browser, and the app that
 * confirms.
 */
import type { PortageApi } from './portage-api';

/** The address to which the browser would come back; it is never requested. */
const returnUrl = 'http://localhost/connected';

export interface SampleUser {
  readonly api: PortageApi;
  /** Base URL of the emulator, which decides for the user. */
  readonly emulatorUrl: string;
  readonly userId: string;
  readonly resources: readonly string[];
}

/** @returns the id of the consent that the user gave */
export async function connectSampleUser({ api, emulatorUrl, userId, resources }: SampleUser): Promise<string> {
  const session = await api.createConnectSession({ userId, resources, returnUrl });
  // The same request as the script of the link's page sends.
  const opened = await fetch(new URL('/connect/open', session.connectUrl), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ link: session.connectUrl }),
  });
  const cookie = opened.headers
    .getSetCookie()
    .map((each) => each.split(';')[0] ?? '')
    .join('; ');
  const page = location(opened, 'the connect link');
  await expectOk(await fetch(page, { headers: { cookie } }), 'the connect page');
  const started = await fetch(`${page}/start`, { method: 'POST', redirect: 'manual', headers: { cookie } });

  await expectOk(
    await fetch(`${emulatorUrl}/_emulator/consent`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ next: { access: 'once' } }),
    }),
    'the emulator’s control plane',
  );
  const decided = await fetch(location(started, 'the start of the OAuth flow'), { redirect: 'manual' });
  const callback = await fetch(location(decided, 'the consent screen'), { redirect: 'manual', headers: { cookie } });
  const code = new URL(location(callback, 'the OAuth callback')).searchParams.get('portage_code');
  // The demo host app of an earlier release does not confirm.
  const { consentId } =
    code === null
      ? await api.getConnectSession(session.id)
      : await api.confirmConnectSession(session.id, { code, userId });
  if (consentId === null) throw new Error('the OAuth callback led to no consent');
  return consentId;
}

function location(response: Response, what: string): string {
  const target = response.headers.get('location');
  if (target === null) throw new Error(`${what} answered ${response.status} without a redirect`);
  return new URL(target, response.url).href;
}

async function expectOk(response: Response, what: string): Promise<void> {
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${what} answered ${response.status}`);
}
