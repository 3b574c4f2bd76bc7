/** Shared by the tests of the Google client: the emulator in Google's place, and a person who consents. */
import { createDataPortability } from '../../src/google/data-portability';
import { googleEndpoints } from '../../src/google/endpoints';
import { createOAuth, type Grant, type OAuthOptions } from '../../src/google/oauth';
import { startEmulator, type ConsentDecision, type Emulator, type EmulatorOptions } from '../../src/emulator';

export const minute = 60_000;
export const hour = 60 * minute;
export const startedAt = new Date('2026-03-01T09:30:00.000Z');

export interface Google {
  readonly emulator: Emulator;
  readonly options: OAuthOptions;
  readonly oauth: ReturnType<typeof createOAuth>;
  readonly api: ReturnType<typeof createDataPortability>;
  /** The names of the methods that were called since the last look, in order. */
  calls(): string[];
  /** Goes to Google's screen, where the next person decides so, and returns the callback's parameters. */
  authorize(resources: readonly string[], decision?: ConsentDecision): Promise<{ code: string; verifier: string }>;
  consent(resources: readonly string[], decision?: ConsentDecision): Promise<Grant>;
  /** The person renews everything on Google's page of connections. */
  renew(): Promise<void>;
  stop(): Promise<void>;
}

/** The emulator's clock stands still, and is the clock of the client too. */
export async function startGoogle(
  changes: Partial<EmulatorOptions> = {},
  project: { publishing?: 'production' | 'testing' } = {},
): Promise<Google> {
  const client = { clientId: '482910576301-tests', clientSecret: 'GOCSPX-tests-only' };
  const redirectUri = 'http://127.0.0.1:9/oauth/callback';
  const emulator = await startEmulator({
    clients: [{ ...client, ...project, redirectUris: [redirectUri] }],
    clock: { mode: 'set', at: startedAt.toISOString() },
    ...changes,
  });
  const now = () => new Date(emulator.control.clock.now());
  const options = { ...client, redirectUri, endpoints: googleEndpoints(emulator.url), now };
  const oauth = createOAuth(options);

  const authorize: Google['authorize'] = async (resources, decision = {}) => {
    emulator.control.decideNext(decision);
    const { verifier, challenge } = await oauth.codePair();
    const url = oauth.authorizeUrl({ state: 'the-state', codeChallenge: challenge, resources });
    const response = await fetch(url, { redirect: 'manual' });
    const callback = new URL(response.headers.get('location') ?? 'about:blank').searchParams;
    const code = callback.get('code');
    if (code === null) throw new Error(`no code came: ${response.status} ${callback.toString()}`);
    return { code, verifier };
  };

  return {
    emulator,
    options,
    oauth,
    api: createDataPortability(options),
    calls() {
      const names = emulator.control.requests().map(({ method }) => method);
      emulator.control.clearRequests();
      return names;
    },
    authorize,
    async consent(resources, decision) {
      const { code, verifier } = await authorize(resources, decision);
      const grant = await oauth.exchangeCode(code, verifier);
      emulator.control.clearRequests();
      return grant;
    },
    async renew() {
      for (const { grantId } of emulator.control.state.grants) {
        const body = new URLSearchParams({ grant: grantId, action: 'renew' });
        await fetch(`${emulator.url}/connections`, { method: 'POST', body, redirect: 'manual' });
      }
    },
    stop: () => emulator.stop(),
  };
}

/** Temporary errors, which client libraries often repeat automatically. */
export const passing = [429, 500, 502, 503] as const;
