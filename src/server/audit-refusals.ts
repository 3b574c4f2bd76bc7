/**
 * Counts the requests of host apps that were refused or failed. The audit log gets one entry a minute for each API key, and
 * one for all requests without a valid key, so that no flood fills it.
 */
import type { AuditLog } from '../database/audit-log';
import type { ErrorCode } from '../domain/error-codes';
import type { Logger } from '../log';

export type RefusalCounter = ReturnType<typeof createRefusalCounter>;

export interface Refusal {
  /** Undefined without a valid API key. */
  readonly keyId: string | undefined;
  readonly outcome: 'refused' | 'failed';
  readonly code: ErrorCode;
  readonly address: string | undefined;
}

interface Counted extends Pick<Refusal, 'keyId' | 'outcome'> {
  readonly since: Date;
  attempts: number;
  readonly codes: Map<ErrorCode, number>;
  readonly addresses: Map<string, number>;
  /** Attempts from addresses that are not listed. */
  otherAddresses: number;
}

const everyMs = 60_000;
/** The number of addresses that one entry lists. */
const mostAddresses = 20;

export function createRefusalCounter(deps: { auditLog: Pick<AuditLog, 'append'>; logger: Logger; now: () => Date }) {
  const { auditLog, logger, now } = deps;
  let counted = new Map<string, Counted>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const due = counted;
    counted = new Map();
    for (const each of due.values()) {
      const { keyId, outcome, since, attempts, codes, addresses, otherAddresses } = each;
      const details = {
        ...{ since: since.toISOString(), attempts, codes: Object.fromEntries(codes) },
        ...{ addresses: Object.fromEntries(addresses), otherAddresses },
      };
      try {
        await auditLog.append({
          action: `requests.${outcome}`,
          outcome,
          actor: { kind: 'api_key', id: keyId },
          details,
          at: now(),
        });
      } catch (err) {
        logger.error(
          { err, keyId, outcome, attempts, since },
          'refused requests could not be written to the audit log',
        );
      }
    }
  };

  return {
    count({ keyId, outcome, code, address = 'unknown' }: Refusal): void {
      const which = `${outcome} ${keyId ?? ''}`;
      const own: Counted = counted.get(which) ?? {
        ...{ keyId, outcome, since: now(), attempts: 0, otherAddresses: 0 },
        ...{ codes: new Map(), addresses: new Map() },
      };
      counted.set(which, own);
      own.attempts += 1;
      own.codes.set(code, (own.codes.get(code) ?? 0) + 1);
      if (own.addresses.has(address) || own.addresses.size < mostAddresses) {
        own.addresses.set(address, (own.addresses.get(address) ?? 0) + 1);
      } else own.otherAddresses += 1;
      timer ??= setTimeout(() => {
        timer = undefined;
        writing = write();
      }, everyMs).unref();
    },

    /** Writes the counts. */
    async stop(): Promise<void> {
      clearTimeout(timer);
      timer = undefined;
      await writing;
      await write();
    },
  };
}
