/** Fetches the missing segments of a part by ranges, several at once where there is memory for them. */
import type { KnownPart } from '../../database/parts';
import { PortageError } from '../../domain/error-codes';
import { refuseOther, refusePage } from './object-answer';
import type { OpenedObject, OpenObject } from './open-object';
import type { Borrower, Loan, SegmentMemory } from './download-memory';
import type { SegmentWriter } from '../store/segment-writer';
import { TurnOver, type Turn } from './download-turns';

export interface RangesRequest {
  readonly part: KnownPart & { readonly bytes: number };
  /** The numbers of the segments to fetch, in order. */
  readonly missing: Iterator<number>;
  /** The answer for the first of them, which has arrived already. */
  readonly opened: OpenedObject;
  readonly open: OpenObject;
  readonly writer: SegmentWriter;
  readonly concurrency: number;
  readonly memory: SegmentMemory;
  readonly borrower: Borrower;
  readonly turn: Turn;
  readonly signal: AbortSignal;
}

/** How often a segment is continued after its connection broke, before the try fails. */
const maxCuts = 3;
/** A download that gets no memory for this long releases its slot. */
const patienceMs = 60_000;

/**
 * When one segment fails, or the turn is over, segments in flight are completed and stored, and no other is begun.
 *
 * @throws the first failure; TurnOver
 */
export async function fetchRanges(request: RangesRequest): Promise<void> {
  const { part, missing, opened, open, writer } = request;
  const { bytes, segmentBytes } = part;
  const last = Math.ceil(bytes / segmentBytes) - 1;
  let firstOpened: OpenedObject | undefined = opened;
  let failure: { readonly error: unknown } | undefined;

  const fetchSegment = async (number: number, buffer: Buffer): Promise<void> => {
    const start = number * segmentBytes;
    const plain = buffer.subarray(0, Math.min(segmentBytes, bytes - start));
    let filled = 0;
    let cuts = 0;
    while (filled < plain.length) {
      const { answer, object } = firstOpened ?? (await open({ start: start + filled, end: start + plain.length }));
      firstOpened = undefined;
      const before = filled;
      try {
        await refuseOther(answer, object, part);
        if (object.kind !== 'range') {
          throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'download: the server no longer answers with ranges' });
        }
        if (start + filled === 0) await refusePage(answer);
        for await (const chunk of answer.body()) {
          if (filled + chunk.length > plain.length) {
            throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'download: more bytes than the range has' });
          }
          chunk.copy(plain, filled);
          filled += chunk.length;
        }
        if (filled === before) throw new PortageError('PART_TRUNCATED', { detail: 'no bytes arrived' });
      } catch (error) {
        const isCut = error instanceof PortageError && error.code === 'PART_TRUNCATED';
        cuts += 1;
        if (!isCut || cuts > maxCuts) throw error;
      } finally {
        answer.discard();
      }
    }
    await writer.write(number, plain, number === last);
  };

  const fetching = new Set<Promise<void>>();
  const begin = (number: number, loan: Loan): void => {
    const one = fetchSegment(number, loan.buffer)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        loan.release();
        fetching.delete(one);
      });
    fetching.add(one);
  };

  let next = missing.next();
  while (next.done !== true && failure === undefined) {
    const number = next.value;
    const size = Math.min(segmentBytes, bytes - number * segmentBytes);
    const loan = fetching.size === 0 ? await firstLoan(request, size) : spareLoan(request, size, fetching.size);
    if (loan === undefined) {
      await Promise.race(fetching);
      continue;
    }
    if (loan.hasWaited) {
      // The server may have closed the connection meanwhile because it was idle.
      firstOpened?.answer.discard();
      firstOpened = undefined;
    }
    begin(number, loan);
    next = missing.next();
  }
  await Promise.all(fetching);
  if (failure !== undefined) throw failure.error;
}

/**
 * Memory for the first segment, which the download needs.
 *
 * @throws TurnOver when the turn is over, or no memory is free for too long
 */
async function firstLoan({ memory, borrower, turn, signal }: RangesRequest, size: number): Promise<Loan> {
  if (turn.isOver()) throw new TurnOver();
  try {
    return await memory.borrow(size, borrower, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
  } catch {
    signal.throwIfAborted();
    throw new TurnOver();
  }
}

/** Memory for a further segment, while no other download waits for the memory or the slot. */
function spareLoan({ memory, borrower, turn, concurrency }: RangesRequest, size: number, atOnce: number) {
  return atOnce < concurrency && !turn.isOver() ? memory.borrowSpare(size, borrower) : undefined;
}
