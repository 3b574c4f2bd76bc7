// Everything of one user is deleted: consents, grants, sessions and the user id; nothing of other users and host apps.
import { PassThrough } from 'node:stream';

import { eq } from 'drizzle-orm';

import { usersCommand } from '../../src/commands/users';
import { createOperator } from '../../src/commands/operator';
import { events } from '../../src/database/schema';
import { createStage } from '../database/databases';
import { createBrowser } from '../support/browser';
import { startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/program';

const resources = ['myactivity.search'];

describe('a user of a host app', () => {
  let portage: TestPortage;
  beforeAll(async () => {
    portage = await startTestPortage();
  });
  afterAll(() => portage.stop());

  const ask = async (method: string, path: string, body?: unknown, key = portage.apiKey) => {
    const answer = await fetch(`${portage.url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = (await answer.json()) as Record<string, unknown> & { code?: string };
    return { status: answer.status, json };
  };
  const everyRow = () => createStage(portage.portage.database.db).everyRow();
  const grantsAt = (email: string) => {
    const { accounts, grants } = portage.emulator.control.state;
    const account = accounts.find((each) => each.email === email);
    return grants.filter(({ accountId, endedAt }) => accountId === account?.accountId && endedAt === undefined);
  };
  const accountOf = (userId: string) => `${userId.replace(/\W/g, '-')}@example.com`;
  const connect = async (userId: string, decision: { access: 'once' | '180d' }, returnUrl?: string) => {
    const account = accountOf(userId);
    portage.emulator.control.addAccount({ email: account, name: account });
    const order = { resources, userId, decision: { ...decision, account }, ...(returnUrl && { returnUrl }) };
    const { consentId } = await portage.connect(order);
    if (consentId === undefined) throw new Error('the user did not get to a consent');
    return consentId;
  };
  const operate = async (args: readonly string[]) => {
    const [out, remarks] = [new PassThrough(), new PassThrough()];
    let code: number | undefined;
    const terminal = { out, remarks, width: undefined, answers: undefined };
    const untilSignalled = async (work: (signal: AbortSignal) => Promise<number>) => {
      code = await work(new AbortController().signal);
    };
    const command = usersCommand({ environment: {}, terminal, untilSignalled }, (work) =>
      work(createOperator(portage.portage, portage.temporal)),
    );
    await command.parseAsync(args, { from: 'user' });
    const text = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
    return { code, out: text(out), remarks: text(remarks) };
  };

  it('is deleted with all consents, grants and sessions, and no row names the user any more', async () => {
    const userId = 'canary/user?1';
    const address = 'https://app.example.com/done?canary-address';
    const once = await connect(userId, { access: 'once' }, address);
    await portage.ended(once);
    const daily = await connect(userId, { access: '180d' }, address);
    const other = await connect('another-user', { access: '180d' });
    const foreign = await portage.portage.hostApps.createApiKey('Another host app', { scopes: ['connect', 'manage'] });
    await ask('POST', '/connect-sessions', { userId, resources, returnUrl: 'https://b.example/' }, foreign.key);
    // One session that was not opened, and one whose user is at Google and has not answered.
    const label = { userId, resources, returnUrl: address, userLabel: 'canary-label' };
    await ask('POST', '/connect-sessions', label);
    const atGoogle = (await ask('POST', '/connect-sessions', label)).json as { id: string; connectUrl: string };
    const browser = createBrowser();
    const toGoogle = await browser.continueToGoogle(atGoogle.connectUrl);
    const state = new URL(toGoogle.headers.get('location') ?? '').searchParams.get('state') ?? '';
    expect((await everyRow()).match(/canary/g)?.length).toBeGreaterThan(5);

    const path = `/users/${encodeURIComponent(userId)}`;
    const asked = await ask('DELETE', path);
    expect(asked.status).toBe(202);
    expect(asked.json).toMatchObject({ userId });
    const ids = asked.json['consentIds'] as string[];
    const { erasureId } = asked.json;
    expect(erasureId).toMatch(/^ers_/);
    expect(ids).toEqual(expect.arrayContaining([once, daily]));
    // Again at once: nothing is harmed.
    expect([202, 404]).toContain((await ask('DELETE', path)).status);
    for (const id of ids) {
      await until(`the deletion of ${id}`, async () => {
        const { json } = await ask('GET', `/consents/${id}`);
        return json['userId'] === null && json['dataDeletedAt'] !== null ? true : undefined;
      });
    }
    expect(grantsAt(accountOf(userId))).toEqual([]);
    const erased = await portage.portage.database.db.select().from(events).where(eq(events.type, 'user.erased'));
    expect(erased.map(({ data }) => data)).toEqual([
      { erasureId, consentIds: expect.arrayContaining([once, daily]) as string[] },
    ]);
    const left = (await everyRow()).replaceAll('\\"', '"');
    expect(left).not.toContain('canary-address');
    expect(left).not.toContain('canary-label');
    // Only the data of the other host app under the same id.
    expect(left.match(/canary\/user\?1/g)).toHaveLength(1);
    expect((await ask('GET', `/consents/${other}`)).json).toMatchObject({ userId: 'another-user', state: 'active' });
    expect((await ask('GET', `/connect-sessions/${atGoogle.id}`)).json).toMatchObject({
      state: 'expired',
      userId: null,
    });
    // A later answer of Google is not accepted.
    const answered = await browser.get(`${portage.url}/oauth/callback?state=${state}&code=any`);
    expect([answered.status, await answered.text()]).toEqual([410, expect.stringContaining('CONNECT_LINK_EXPIRED')]);

    const gone = await ask('DELETE', path);
    expect([gone.status, gone.json.code]).toEqual([404, 'USER_UNKNOWN']);
    expect(portage.logLines.join('\n')).not.toContain('canary');
  });

  it('whose grant awaits its confirmation is deleted with the grant', async () => {
    const userId = 'unconfirmed-canary';
    const account = `${userId}@example.com`;
    const { key } = await portage.portage.hostApps.createApiKey('An app that confirms', {
      scopes: ['connect', 'read', 'manage'],
    });
    portage.emulator.control.addAccount({ email: account, name: account });
    const returnUrl = 'https://c.example/';
    const { json } = await ask('POST', '/connect-sessions', { userId, resources, returnUrl }, key);
    const browser = createBrowser();
    portage.emulator.control.decideNext({ access: '180d', account });
    const toGoogle = await browser.continueToGoogle(json['connectUrl'] as string);
    await browser.follow(await browser.follow(toGoogle));
    expect(grantsAt(account)).toHaveLength(1);
    const asked = await ask('DELETE', `/users/${userId}`, undefined, key);
    const [consentId] = asked.json['consentIds'] as string[];
    await until('the deletion', async () => {
      const { json } = await ask('GET', `/consents/${consentId ?? ''}`, undefined, key);
      return json['userId'] === null ? json : undefined;
    });
    expect(grantsAt(account)).toEqual([]);
    expect(await portage.portage.consents.find(consentId ?? '')).toMatchObject({ state: 'deleted' });
    expect(await everyRow()).not.toContain(userId);
  });

  it('is deleted by the command, which asks before and reports the result', async () => {
    const consentId = await connect('user-of-the-command', { access: '180d' });
    const args = ['delete', 'user-of-the-command'];
    expect(await operate(args)).toMatchObject({ code: 1, remarks: expect.stringContaining('--host-app') as string });
    const app = ['--host-app', 'Test host app'];
    expect(await operate([...args, ...app])).toMatchObject({
      code: 1,
      remarks: expect.stringContaining('Add --yes') as string,
    });
    expect(await portage.portage.consents.find(consentId)).toMatchObject({ stopWanted: null });
    expect(await operate([...args, ...app, '--yes'])).toEqual({
      code: 0,
      remarks: `${consentId} has ended and is deleted (1 of 1).\n`,
      out: 'Everything of user user-of-the-command of Test host app is deleted: 1 consent.\n',
    });
    expect(await everyRow()).not.toContain('user-of-the-command');
    await expect(operate([...args, ...app, '--yes'])).rejects.toMatchObject({ code: 'USER_UNKNOWN' });
  });
});
