/** The Connections page and renewal (docs/google-api.md §10). */
import type { Emulator } from '../../../src/emulator';
import { fact } from '../fact';
import {
  clientId,
  clientSecret,
  consent,
  day,
  postForm,
  redirectUri,
  refresh,
  startTestEmulator,
  visit,
} from '../harness';

const project = '482910576301';

describe('renewal', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startTestEmulator();
  });
  const link = async (number = project) => {
    const response = await visit(`${emulator.url}/connections/link?project_number=${number}`);
    return { status: response.status, page: await response.text() };
  };
  const renew = () =>
    postForm(`${emulator.url}/connections`, {
      grant: emulator.control.state.grants.at(-1)?.grantId ?? '',
      action: 'renew',
    });
  const secondsLeft = async (refreshToken: string | undefined) =>
    ((await (await refresh(emulator, refreshToken ?? '')).json()) as Record<string, unknown>)[
      'refresh_token_expires_in'
    ];

  fact('§10', 'doc', 'The link needs the project’s number, and shows nothing for another value', async () => {
    await consent(emulator, ['chrome.history'], { access: '30d' });
    expect((await link()).page).toContain('value="renew"');
    const other = await link('portage-tests');
    expect([other.status, other.page.includes('value="renew"')]).toEqual([404, false]);
  });

  fact('§10', 'doc', 'A 30-day grant can be renewed at any time, and its period begins anew', async () => {
    const tokens = await consent(emulator, ['chrome.history'], { access: '30d' });
    emulator.control.clock.advance(20 * day);
    expect(await secondsLeft(tokens.refresh_token)).toBe(10 * 86_400);
    await renew();
    expect(await secondsLeft(tokens.refresh_token)).toBe(30 * 86_400);
  });

  fact('§10', 'doc', 'A 180-day grant can be renewed in its last 90 days only', async () => {
    const tokens = await consent(emulator, ['chrome.history'], { access: '180d' });
    emulator.control.clock.advance(90 * day - 1);
    const early = await link();
    expect(early.status).toBe(200);
    expect(early.page).toContain('nothing to renew now');
    await renew();
    expect(await secondsLeft(tokens.refresh_token)).toBe(90 * 86_400);
    emulator.control.clock.advance(1);
    expect((await link()).page).toContain('value="renew"');
    await renew();
    expect(await secondsLeft(tokens.refresh_token)).toBe(180 * 86_400);
  });

  fact('§10', 'doc', 'In Testing no renewal is offered', async () => {
    const testing = { clientId, clientSecret, redirectUris: [redirectUri], publishing: 'testing' as const };
    emulator = await startTestEmulator({ clients: [testing] });
    await consent(emulator, ['chrome.history'], { access: '30d' });
    expect((await link()).page).not.toContain('value="renew"');
  });

  fact('§10', 'doc', 'One-time access is shown and cannot be renewed', async () => {
    await consent(emulator, ['chrome.history']);
    const page = await (await visit(`${emulator.url}/connections`)).text();
    expect(page).toContain('One-time access.');
    expect(page).not.toContain('value="renew"');
  });
});
