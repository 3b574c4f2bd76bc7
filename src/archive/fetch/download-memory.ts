/** The memory for segments of all downloads of a process: lent within a budget, and fairly once that is used up. */
import { createBufferPool } from './buffer-pool';

/** The download that asks for memory. */
export interface Borrower {
  readonly hostAppId: string;
  readonly consentId: string;
}

export interface Loan {
  readonly buffer: Buffer;
  /** Whether the borrower had to wait until others released memory. */
  readonly hasWaited: boolean;
  /** @param isReusable false while the buffer may still be read */
  release(isReusable?: boolean): void;
}

export interface SegmentMemory {
  /**
   * Waits until the memory is free for this borrower.
   *
   * @throws the signal's reason
   */
  borrow(bytes: number, borrower: Borrower, signal?: AbortSignal): Promise<Loan>;
  /** Optional memory that makes a download faster: lent while no request waits and half of all memory is free. */
  borrowSpare(bytes: number, borrower: Borrower): Loan | undefined;
  /** Bytes lent now, the most ever lent at once, and the number of waiting requests. */
  counts(): { readonly lent: number; readonly most: number; readonly waiting: number };
}

interface Request {
  readonly bytes: number;
  readonly borrower: Borrower;
  grant(loan: Loan): void;
}

/**
 * A consent gets more memory only while its total is at most half of the free memory, so that a short part finds memory
 * while many long ones are downloaded. Of the waiting requests, that of the host app with the least memory comes first,
 * then that of the consent with the least, then the oldest.
 *
 * @param limit bytes that are lent at most; one request may always be served, whatever it asks for
 */
export function createSegmentMemory(limit: number): SegmentMemory {
  const byHostApp = new Map<string, number>();
  const byConsent = new Map<string, number>();
  /** In the order of arrival. */
  const requests = new Set<Request>();
  const buffers = createBufferPool(limit);
  let [lent, most] = [0, 0];

  const held = (byKey: Map<string, number>, key: string) => byKey.get(key) ?? 0;
  const change = (byKey: Map<string, number>, key: string, bytes: number) => {
    const now = held(byKey, key) + bytes;
    if (now === 0) byKey.delete(key);
    else byKey.set(key, now);
  };
  const isFree = ({ bytes, borrower }: Pick<Request, 'bytes' | 'borrower'>) =>
    lent === 0 || held(byConsent, borrower.consentId) + bytes <= (limit - lent) / 2;

  const lend = ({ bytes, borrower: { hostAppId, consentId } }: Omit<Request, 'grant'>, hasWaited: boolean): Loan => {
    const buffer = buffers.take(bytes, lent);
    const count = (sign: 1 | -1) => {
      lent += sign * bytes;
      change(byHostApp, hostAppId, sign * bytes);
      change(byConsent, consentId, sign * bytes);
    };
    count(1);
    most = Math.max(most, lent);
    let isLent = true;
    return {
      buffer,
      hasWaited,
      release(isReusable = true) {
        if (!isLent) return;
        isLent = false;
        count(-1);
        if (isReusable) buffers.release(buffer);
        serve();
      },
    };
  };
  const serve = (): void => {
    const ofHostApp = ({ borrower }: Request) => held(byHostApp, borrower.hostAppId);
    const ofConsent = ({ borrower }: Request) => held(byConsent, borrower.consentId);
    for (;;) {
      // The sort is stable, so requests that are otherwise equal stay in the order of arrival.
      const [next] = [...requests]
        .filter(isFree)
        .sort((a, b) => ofHostApp(a) - ofHostApp(b) || ofConsent(a) - ofConsent(b));
      if (next === undefined) return;
      requests.delete(next);
      next.grant(lend(next, true));
    }
  };

  return {
    borrow(bytes, borrower, signal) {
      if (isFree({ bytes, borrower })) return Promise.resolve(lend({ bytes, borrower }, false));
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const leave = () => {
          requests.delete(request);
          signal?.removeEventListener('abort', abort);
        };
        const abort = () => {
          leave();
          reject(signal?.reason as Error);
        };
        const grant = (loan: Loan) => {
          leave();
          resolve(loan);
        };
        const request: Request = { bytes, borrower, grant };
        signal?.addEventListener('abort', abort);
        requests.add(request);
      });
    },
    borrowSpare(bytes, borrower) {
      const isSpare = requests.size === 0 && lent + bytes <= limit / 2 && isFree({ bytes, borrower });
      return isSpare ? lend({ bytes, borrower }, false) : undefined;
    },
    counts: () => ({ lent, most, waiting: requests.size }),
  };
}

/** Memory of the downloads of a process: segments are fetched into one, and sealed into the other. */
export interface DownloadMemory {
  readonly fetching: SegmentMemory;
  readonly sealing: SegmentMemory;
}

/**
 * Two budgets: a download must get memory to seal a segment while it still holds the memory into which it fetched it.
 *
 * @param bytes of both together; sealing is short, so a quarter is for it
 */
export function createDownloadMemory(bytes: number): DownloadMemory {
  const sealing = Math.floor(bytes / 4);
  return { fetching: createSegmentMemory(bytes - sealing), sealing: createSegmentMemory(sealing) };
}
