/** Limits how long a download keeps its slot while other downloads wait for one. */

/** The turn of one try of one download. */
export interface Turn {
  /** Whether the download is to stop at the end of a segment, so that another one gets its slot. */
  isOver(): boolean;
}

/** Ends a turn without a failure: stored segments stay, and the rest is downloaded in the next turn. */
export class TurnOver extends Error {
  override readonly name = 'TurnOver';
  constructor() {
    super('Others wait for the slot or the memory of this download; it continues in its next turn');
  }
}

/** The shortest time of a turn, because each turn needs a call to Google. */
const turnMs = 2 * 60_000;

/**
 * @param atOnce how many downloads this process runs at once; when that many run, others may wait
 * @param nowMs milliseconds of a clock that only goes forward
 * @returns a function that runs a download with its turn
 */
export function createTurns(atOnce: number, nowMs: () => number = () => performance.now()) {
  let running = 0;
  return async <T>(download: (turn: Turn) => Promise<T>): Promise<T> => {
    const startedAt = nowMs();
    running += 1;
    try {
      return await download({ isOver: () => running >= atOnce && nowMs() - startedAt >= turnMs });
    } finally {
      running -= 1;
    }
  };
}
