/** The control plane in-process: the operations of tests and of the routes under /_emulator/. */
import { z } from 'zod';
import { accountSchema, makeAccount, type AccountOrder } from '../accounts';
import type { Clock, ClockSetting } from '../clock';
import type { FaultOrder } from '../faults/fault';
import type { Faults, OpenFault } from '../faults/faults';
import type { LoggedRequest, RequestLog } from '../http/request-log';
import { findResource } from '../resources';
import { jobSettingsSchema, type JobSettings } from '../job-settings';
import type { Account, ConsentDecision, State } from '../state';
import type { StateStore } from '../state-store';
import { switchesSchema, switchSets, type Switches, type SwitchSet } from '../switches';

export const decisionSchema = z.strictObject({
  account: z.string().exactOptional(),
  access: z.enum(['once', '30d', '180d']).exactOptional(),
  untick: z.array(z.string()).exactOptional(),
  once: z.array(z.string()).exactOptional(),
  decline: z.boolean().exactOptional(),
});

export interface Control {
  readonly clock: Pick<Clock, 'now' | 'iso' | 'describe'> & {
    set(setting: ClockSetting): void;
    advance(milliseconds: number): void;
  };
  /** The current state, for reading. */
  readonly state: State;
  requests(): LoggedRequest[];
  clearRequests(): void;
  addFault(order: FaultOrder): string;
  /** Faults that have not yet met as many calls as ordered. */
  unmetFaults(): OpenFault[];
  clearFaults(): void;
  /** Changes the settings of the next jobs; returns the settings now in force. */
  setJobs(change: Partial<JobSettings>): JobSettings;
  setSwitches(change: SwitchSet | Partial<Switches>): Switches;
  /** The decision of the next person on the consent screen, without a click. */
  decideNext(decision: ConsentDecision): void;
  /** The decision of every person from now on; undefined shows the screen again. */
  decideAlways(decision: ConsentDecision | undefined): void;
  addAccount(order: AccountOrder): Account;
  changeAccount(named: string, change: Partial<Omit<Account, 'accountId' | 'uploads'>>): Account;
  archivesOf(named: string): Account['uploads'];
  /**
   * Answers for a resource of an account with these ZIP files, one part each; an empty list restores generated data.
   */
  giveArchive(named: string, resource: string, files: string[]): void;
  /** Restores the first start: accounts, clock and settings fresh; grants, jobs, faults and log removed. */
  reset(): void;
}

export interface ControlDeps {
  store: StateStore;
  clock: Clock;
  log: RequestLog;
  faults: Faults;
  freshState: () => State;
}

export function createControl({ store, clock, log, faults, freshState }: ControlDeps): Control {
  const changing = <T>(change: () => T): T => {
    const result = change();
    store.changed();
    store.flush();
    return result;
  };
  const accountNamed = (named: string): Account => {
    const account = store.state.accounts.find((one) => one.accountId === named || one.email === named);
    if (account === undefined) throw new RangeError(`There is no account ${named}.`);
    return account;
  };
  return {
    clock: {
      now: () => clock.now(),
      iso: () => clock.iso(),
      describe: () => clock.describe(),
      set: (setting) => changing(() => clock.set(setting)),
      advance: (milliseconds) => changing(() => clock.advance(milliseconds)),
    },
    get state() {
      return store.state;
    },
    requests: () => log.entries(),
    clearRequests: () => log.clear(),
    addFault: (order) => faults.add(order),
    unmetFaults: () => faults.unmet(),
    clearFaults: () => faults.clear(),
    setJobs: (change) =>
      changing(() => {
        store.state.jobSettings = jobSettingsSchema.parse({ ...store.state.jobSettings, ...change });
        return store.state.jobSettings;
      }),
    setSwitches: (change) =>
      changing(() => {
        const wanted = typeof change === 'string' ? switchSets[change] : { ...store.state.switches, ...change };
        store.state.switches = switchesSchema.parse(wanted);
        return store.state.switches;
      }),
    decideNext: (decision) => changing(() => void store.state.consent.next.push(decision)),
    decideAlways: (decision) =>
      changing(() => {
        if (decision === undefined) delete store.state.consent.always;
        else store.state.consent.always = decision;
      }),
    addAccount: (order) =>
      changing(() => {
        const account = makeAccount(order, String(store.state.accounts.length + 1), clock.now());
        store.state.accounts.push(account);
        return account;
      }),
    changeAccount: (named, change) =>
      changing(() => Object.assign(accountNamed(named), accountChangeSchema.parse(change))),
    archivesOf: (named) => accountNamed(named).uploads,
    giveArchive: (named, resource, files) =>
      changing(() => {
        if (findResource(resource) === undefined) throw new RangeError(`There is no resource ${resource}.`);
        const account = accountNamed(named);
        const others = Object.entries(account.uploads).filter(([name]) => name !== resource);
        account.uploads = Object.fromEntries(files.length === 0 ? others : [...others, [resource, files]]);
      }),
    reset: () => {
      faults.clear();
      log.clear();
      store.replace(freshState());
    },
  };
}

const accountChangeSchema = accountSchema
  .omit({ historyDays: true })
  .partial()
  .extend({ activeSinceDay: z.number().int().optional() });
