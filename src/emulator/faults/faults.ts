/** The ordered faults: finds the fault for a call, and reports those that no call has met. */
import type { Identity, MethodName } from '../http/request-log';
import { faultSchema, type Fault, type FaultOrder } from './fault';
import { meetFault, type MetFault } from './met-fault';

export interface OpenFault extends Fault {
  name: string;
  /** How often it was met so far. */
  met: number;
}

export interface Faults {
  /** Orders a fault and returns its name. Throws a ZodError on an invalid order. */
  add(order: FaultOrder): string;
  /** The fault for this call, if any. */
  meet(method: MethodName, identity: Identity): MetFault | undefined;
  /** Faults that were ordered and not met as often as ordered. */
  unmet(): OpenFault[];
  /** Removes all of them; answers that are being sent slowly continue at full speed. */
  clear(): void;
}

/** @param emailOf the e-mail address of an account, so that faults may name either */
export function createFaults(emailOf: (accountId: string) => string | undefined): Faults {
  let open: OpenFault[] = [];
  /** Matching calls seen by each open fault. */
  const seen = new Map<string, number>();
  let ordered = 0;
  let clears = 0;
  const concerns = (fault: Fault, method: MethodName, identity: Identity) =>
    fault.method === method &&
    (fault.resource === undefined || identity.resources?.includes(fault.resource) === true) &&
    (fault.jobId === undefined || fault.jobId === identity.jobId) &&
    (fault.account === undefined ||
      (identity.accountId !== undefined &&
        (fault.account === identity.accountId || fault.account === emailOf(identity.accountId))));
  return {
    add: (order) => {
      ordered += 1;
      const fault = faultSchema.parse(order);
      const name = `fault-${ordered}`;
      open.push({ ...fault, name, met: 0 });
      return name;
    },
    meet: (method, identity) => {
      let met: OpenFault | undefined;
      for (const fault of open) {
        if (!concerns(fault, method, identity)) continue;
        const count = (seen.get(fault.name) ?? 0) + 1;
        seen.set(fault.name, count);
        if (met === undefined && count >= fault.call) met = fault;
      }
      if (met === undefined) return undefined;
      met.met += 1;
      open = open.filter((fault) => fault.met < fault.times);
      const before = clears;
      return meetFault(met, met.name, () => clears > before);
    },
    unmet: () => open.map((fault) => ({ ...fault })),
    clear: () => {
      open = [];
      clears += 1;
    },
  };
}
