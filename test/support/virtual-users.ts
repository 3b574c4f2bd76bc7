/** Users of a virtual Portage, each with a Google account of its own, so that the tests of one file do not meet. */
import type { Consent } from '../../src/database/consents';
import type { Export } from '../../src/database/exports';
import type { ConsentDecision } from '../../src/emulator';
import type { MessageName } from '../../src/temporal/client/consent-messages';
import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';
import type { VirtualPortage } from './virtual-portage';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export type VirtualUser = ReturnType<typeof createUser>;

let users = 0;

/** @param email of an account that Google has already; without it, a new one */
export function createUser(virtual: VirtualPortage, email?: string) {
  users += 1;
  const userId = `user-${users}`;
  const { control } = virtual.emulator;
  const known = control.state.accounts.find((account) => account.email === email);
  const account = known ?? control.addAccount({ email: `${userId}@example.com`, name: `User ${users}` });
  const { accountId } = account;

  const grants = () => control.state.grants.filter((grant) => grant.accountId === accountId);
  const find = async (consentId: string): Promise<Consent> => {
    const consent = await virtual.portage.consents.find(consentId);
    if (consent === undefined) throw new Error(`there is no consent ${consentId}`);
    return consent;
  };

  return {
    userId,
    email: account.email,
    find,

    connect: (resources: readonly string[], decision: ConsentDecision): Promise<Consent> =>
      virtual.connect({ resources, userId, decision: { ...decision, account: account.email } }),

    /** This account's requests, in order. */
    calls: (method?: string) =>
      control
        .requests()
        .filter((request) => request.accountId === accountId && (method === undefined || request.method === method)),

    /** The jobs of this account at Google, oldest first. */
    jobs: () => control.state.jobs.filter((job) => job.accountId === accountId),

    /** An access token of this account that Google takes. */
    token(): string {
      const own = grants().map(({ grantId }) => grantId);
      const newest = control.state.accessTokens.findLast(
        ({ grantId, expiresAt }) => own.includes(grantId) && expiresAt > control.clock.now(),
      );
      if (newest === undefined) throw new Error(`${userId} has no access token`);
      return newest.token;
    },

    /** Starts a job past Portage, as an operator's own script would. @returns its id */
    async startJob(body: { resources: readonly string[]; startTime?: Date; endTime?: Date }): Promise<string> {
      const answer = await fetch(`${virtual.emulator.url}/v1/portabilityArchive:initiate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token()}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`the start was answered with ${answer.status}`);
      return ((await answer.json()) as { archiveJobId: string }).archiveJobId;
    },

    /** Revokes the grants at Google, as on its page of connections. */
    async leave(): Promise<void> {
      for (const { refreshToken } of grants()) {
        if (refreshToken === undefined) continue;
        const body = new URLSearchParams({ token: refreshToken });
        await fetch(`${virtual.emulator.url}/revoke`, { method: 'POST', body });
      }
    },

    exports: async (consentId: string, resource?: string): Promise<Export[]> =>
      (await virtual.portage.exports.listByConsent(consentId)).filter(
        (each) => resource === undefined || each.resource === resource,
      ),

    consentWorkflow: (consentId: string) => virtual.environment.client.workflow.getHandle(consentWorkflowId(consentId)),
    exportWorkflow: (consentId: string, loop: string) =>
      virtual.environment.client.workflow.getHandle(exportWorkflowId(consentId, loop)),

    /** Stores a request for a consent, and signals its workflow, as a command does. */
    send: (consentId: string, message: MessageName): Promise<void> => virtual.send(consentId, message),

    /** The host app ends the consent; resolves when it has ended. */
    async cancel(consentId: string): Promise<Consent> {
      await virtual.send(consentId, 'cancel');
      return virtual.ended(consentId);
    },
  };
}

/** Lets time pass in steps until a condition holds; the error names the condition when it never does. */
export async function passUntil<T>(
  virtual: VirtualPortage,
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  { stepMs = 5 * minute, steps = 400 } = {},
): Promise<T> {
  for (let step = 0; step < steps; step += 1) {
    const result = await look();
    if (result !== undefined) return result;
    await virtual.sleep(stepMs);
  }
  throw new Error(`${steps * stepMs} ms passed in vain: ${what}`);
}
