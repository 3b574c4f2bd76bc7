/** Shared by the emulator's tests: a running emulator, Google's own Node client, and a person who consents. */
import { createHash, randomBytes } from 'node:crypto';
import { OAuth2Client } from 'google-auth-library';
import { dataportability, type dataportability_v1 } from 'googleapis/build/src/apis/dataportability';
import { startEmulator, type ConsentDecision, type Emulator, type EmulatorOptions } from '../../src/emulator';

export const clientId = '482910576301-tests.apps.googleusercontent.com';
export const clientSecret = 'GOCSPX-tests-only';
export const redirectUri = 'http://127.0.0.1:9/callback';
export const startAt = '2026-03-01T09:30:00.000Z';
export const hour = 3_600_000;
export const day = 24 * hour;

export const scopeOf = (resource: string) => `https://www.googleapis.com/auth/dataportability.${resource}`;

const running = new Set<Emulator>();

// Also after a failed test, so that no socket keeps the run alive.
afterEach(async () => {
  for (const emulator of running) await emulator.stop();
  running.clear();
});

/** An emulator for one test. Its clock stands still at `startAt` until a test moves it, and its jobs take 20 minutes. */
export async function startTestEmulator(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const clients = [{ clientId, clientSecret, redirectUris: [redirectUri] }];
  const emulator = await startEmulator({ clients, clock: { mode: 'set', at: startAt }, ...options });
  const stop = async () => {
    running.delete(emulator);
    await emulator.stop();
  };
  running.add(emulator);
  return { ...emulator, stop };
}

export interface Tokens {
  access_token: string;
  expires_in: number;
  scope: string;
  token_type: string;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  [other: string]: unknown;
}

export const verifier = randomBytes(32).toString('base64url');

export function authorizeUrl(
  emulator: Pick<Emulator, 'url'>,
  resources: string[],
  changes: Record<string, string | null> = {},
): string {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: resources.map(scopeOf).join(' '),
    access_type: 'offline',
    prompt: 'consent',
    state: 'state-of-the-test',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `${emulator.url}/o/oauth2/v2/auth?${query.toString()}`;
}

/** Follows an authorise URL once, without following the redirect to the app. */
export function visit(url: string): Promise<Response> {
  return fetch(url, { redirect: 'manual' });
}

/** The parameters that the app's callback receives. */
export async function callbackOf(emulator: Emulator, decision: ConsentDecision, url: string): Promise<URLSearchParams> {
  emulator.control.decideNext(decision);
  const response = await visit(url);
  const location = response.headers.get('location');
  if (location === null) throw new Error(`No redirect but ${response.status}: ${await response.text()}`);
  return new URL(location).searchParams;
}

export function postForm(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}

export function exchange(
  emulator: Pick<Emulator, 'url'>,
  code: string,
  changes: Record<string, string> = {},
): Promise<Response> {
  const form = {
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...changes,
  };
  return postForm(`${emulator.url}/token`, form);
}

export function refresh(
  emulator: Emulator,
  refreshToken: string,
  changes: Record<string, string> = {},
): Promise<Response> {
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  };
  return postForm(`${emulator.url}/token`, { ...form, ...changes });
}

/** A person consents and the app exchanges the code. */
export async function consent(
  emulator: Emulator,
  resources: string[],
  decision: ConsentDecision = {},
): Promise<Tokens> {
  const callback = await callbackOf(emulator, decision, authorizeUrl(emulator, resources));
  const response = await exchange(emulator, callback.get('code') ?? '');
  if (response.status !== 200) throw new Error(`Exchange failed: ${await response.text()}`);
  return (await response.json()) as Tokens;
}

/** Google's own Node client for a token, its retries switched off. */
export function apiFor(emulator: Emulator, accessToken: string): dataportability_v1.Dataportability {
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: accessToken });
  return dataportability({ version: 'v1', auth, rootUrl: `${emulator.url}/`, retry: false });
}

export interface ErrorBody {
  error: {
    code: number;
    message: string;
    status: string;
    details?: {
      '@type': string;
      reason?: string;
      domain?: string;
      metadata?: Record<string, string>;
      detail?: string;
    }[];
  };
}

/** A bare call to the API, for answers that a client library would hide. */
export async function call(
  emulator: Pick<Emulator, 'url'>,
  token: string,
  path: string,
  body?: unknown,
  verb = body === undefined ? 'GET' : 'POST',
): Promise<{ status: number; body: Record<string, unknown> & Partial<ErrorBody>; response: Response }> {
  const response = await fetch(`${emulator.url}${path}`, {
    method: verb,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: json ? (JSON.parse(text) as Record<string, unknown>) : { text }, response };
}

export const initiatePath = '/v1/portabilityArchive:initiate';

/** Starts a job and returns its id. Throws with Google's answer when it did not start. */
export async function start(
  emulator: Pick<Emulator, 'url'>,
  token: string,
  resource: string,
  window: object = {},
): Promise<string> {
  const { status, body } = await call(emulator, token, initiatePath, { resources: [resource], ...window });
  if (status !== 200) throw new Error(`Not started: ${JSON.stringify(body)}`);
  return String(body['archiveJobId']);
}

/** The links of a job that is complete. */
export async function linksOf(emulator: Pick<Emulator, 'url'>, token: string, jobId: string): Promise<string[]> {
  const { body } = await call(emulator, token, `/v1/archiveJobs/${jobId}/portabilityArchiveState`);
  return (body['urls'] ?? []) as string[];
}
