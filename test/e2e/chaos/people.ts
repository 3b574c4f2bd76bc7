/** The people of a seed, each with an account of their own: their connections, and the results. */
import { setTimeout as pause } from 'node:timers/promises';

import { createPortageApi } from '../../../src/dev/portage-api';
import { createBrowser } from '../../support/browser';
import { runCommand } from '../../support/command';
import type { Deployment } from './deployment';
import { readGoogle } from './evidence';
import { controlEmulator } from './faults';
import type { Chance } from './seeded';

/** Each is exported as JSON that is counted with ease; the two kinds of access never meet in one resource. */
const onceResources = ['myactivity.search', 'chrome.history', 'myactivity.shopping'];
const dailyResources = ['myactivity.youtube', 'myactivity.maps'];

export interface ConnectRequest {
  readonly resources: readonly string[];
  readonly access: 'once' | '180d';
  readonly answer: 'allow' | 'decline';
  /** The action after the connection, and the delay before it. */
  readonly then?: { readonly do: 'cancel' | 'delete' | 'leave'; readonly afterMs: number };
}

export interface Person {
  readonly name: string;
  readonly atMs: number;
  /** One after the other, on the same account. */
  readonly requests: readonly ConnectRequest[];
}

/** Actions on consents, for the check of their end states. */
export interface Doings {
  readonly endRequests: Map<string, 'cancel' | 'delete'>;
  /** The user of each consent whose page was seen: Portage forgets the user of a deleted one. */
  readonly users: Map<string, string>;
  /** Users who revoked everything at Google. */
  readonly left: Set<string>;
  /** How many answered Google and saw no page of their consent. */
  lost: number;
}

export function drawPeople(chance: Chance, count: number, withinMs: number): Person[] {
  const some = (items: readonly string[]) => chance.shuffled(items).slice(0, chance.between(1, items.length));
  const later = (what: 'cancel' | 'delete' | 'leave') => ({ do: what, afterMs: chance.between(500, 15_000) });
  const once = (): ConnectRequest => ({ resources: some(onceResources), access: 'once', answer: 'allow' });
  const daily = (): ConnectRequest => ({ resources: some(dailyResources), access: '180d', answer: 'allow' });
  const kinds: (() => ConnectRequest[])[] = [
    () => [{ ...once(), answer: 'decline' }],
    () => [once(), daily()],
    () => [{ ...once(), then: later('cancel') }],
    () => [{ ...once(), then: later('delete') }],
    () => [{ ...daily(), then: later('leave') }],
    () => [{ ...daily(), then: later('delete') }],
    () => [daily()],
    ...Array.from({ length: 9 }, () => () => [once()]),
  ];
  return Array.from({ length: count }, (_, index) => ({
    name: `person-${index + 1}`,
    atMs: chance.between(0, withinMs),
    requests: (kinds[index % kinds.length] ?? (() => [once()]))(),
  }));
}

/** Of a user who waits for a page. */
const patienceMs = 20_000;
/** A person who saw no page in the end comes again, as another user. */
const tries = 12;
const comesAgainMs = 5_000;

/** Lets all of them connect. @returns when each has finished its actions during the faults */
export async function live(people: readonly Person[], deployment: Deployment): Promise<Doings> {
  const doings: Doings = { endRequests: new Map(), users: new Map(), left: new Set(), lost: 0 };
  await Promise.all(
    people.map(async (person) => {
      await pause(person.atMs);
      // The checks judge a try whose answer to Google was lost.
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        if (await connectAll(person, `${person.name}.${attempt}`, deployment, doings)) return;
        await pause(comesAgainMs);
      }
    }),
  );
  return doings;
}

async function connectAll(person: Person, userId: string, deployment: Deployment, doings: Doings): Promise<boolean> {
  const email = `${userId}@example.com`;
  await controlEmulator(deployment, 'accounts', { email, name: userId, historyDays: 10 });
  const followUps: Promise<void>[] = [];
  for (const [index, request] of person.requests.entries()) {
    const progress = { hasAnswered: false };
    const patience = pause(patienceMs, undefined, { ref: false });
    const connected = connect(request, userId, deployment, progress).catch(() => undefined);
    const answer = await Promise.race([connected, patience]);
    if (answer === undefined && progress.hasAnswered) doings.lost += 1;
    if (answer === undefined && index === 0) return false;
    if (answer?.consentId !== undefined) followUps.push(follow(request, userId, answer.consentId, deployment, doings));
  }
  await Promise.all(followUps);
  return true;
}

/**
 * As a browser: connect page, Google's screen, callback; `progress` says whether the person answered there.
 * @returns the consent, if there is to be one
 */
async function connect(
  { resources, access, answer }: ConnectRequest,
  userId: string,
  { url, apiKey }: Deployment,
  progress: { hasAnswered: boolean },
): Promise<{ consentId: string | undefined }> {
  const session = await createPortageApi({ url, apiKey }).createConnectSession({ userId, resources });
  const browser = createBrowser();
  const screen = (await browser.continueToGoogle(session.connectUrl)).headers.get('location') ?? '';
  const form = Object.entries({ action: answer, account: `${userId}@example.com`, access });
  progress.hasAnswered = true;
  const toCallback = await browser.post(screen, [...form, ...resources.map((name) => ['granted', name])]);
  const callback = await browser.follow(toCallback);
  const consentId = /\/consents\/(con_\w+)$/.exec(callback.headers.get('location') ?? '')?.[1];
  if (consentId === undefined && answer === 'allow') throw new Error(`the callback answers ${callback.status}`);
  return { consentId };
}

async function follow(
  request: ConnectRequest,
  userId: string,
  consentId: string,
  deployment: Deployment,
  doings: Doings,
): Promise<void> {
  doings.users.set(consentId, userId);
  if (request.then === undefined) return;
  await pause(request.then.afterMs);
  if (request.then.do !== 'leave') {
    await sendMessage(consentId, request.then.do, deployment, doings);
    return;
  }
  doings.left.add(userId);
  const { accounts, grants } = readGoogle(deployment);
  const account = accounts.find(({ email }) => email === `${userId}@example.com`);
  const grant = grants.find(({ accountId }) => accountId === account?.accountId)?.grantId ?? '';
  const init = { method: 'POST', body: new URLSearchParams({ grant, action: 'remove' }), redirect: 'manual' } as const;
  while ((await fetch(`${deployment.emulatorUrl}/connections`, init).catch(() => undefined)) === undefined) {
    await pause(250);
  }
}

/** By the command line, repeated until it succeeds. */
export async function sendMessage(
  consentId: string,
  what: 'cancel' | 'delete',
  { environment }: Deployment,
  { endRequests }: Doings,
): Promise<void> {
  // A consent whose deletion was requested is deleted, whatever is requested later.
  if (endRequests.get(consentId) !== 'delete') endRequests.set(consentId, what);
  for (;;) {
    const { code, output } = await runCommand(['consents', what, consentId, '--yes'], environment);
    // A consent that has ended automatically needs no request.
    if (code === 0 || (what === 'cancel' && output.includes('This consent has ended'))) return;
    await pause(500);
  }
}
