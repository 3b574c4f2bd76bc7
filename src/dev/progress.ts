/** Shows which work runs, how long it has run, and how long it usually takes. */

export interface Progress {
  /** Such as "Building Temporal's server with Go". */
  readonly what: string;
  readonly elapsedSeconds: number;
  /** Such as "usually 5 to 8 minutes the first time". */
  readonly expected: string;
  readonly state: 'started' | 'running' | 'done' | 'failed';
}

export type Report = (progress: Progress) => void;

/**
 * Runs work and reports its progress: at the start, once a second, and at the end. Returns its result or throws its
 * error.
 */
export async function withProgress<T>(
  { what, expected, report }: { readonly what: string; readonly expected: string; readonly report: Report },
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = Date.now();
  const reportState = (state: Progress['state']) =>
    report({ what, expected, state, elapsedSeconds: Math.round((Date.now() - startedAt) / 1000) });
  reportState('started');
  const timer = setInterval(() => reportState('running'), 1000);
  let state: Progress['state'] = 'failed';
  try {
    const result = await work();
    state = 'done';
    return result;
  } finally {
    clearInterval(timer);
    reportState(state);
  }
}

/**
 * A report that writes to a stream: on a terminal one line that is rewritten each second, elsewhere (a log) a line at
 * the start, every 15 seconds and at the end.
 */
export function progressLine(stream: NodeJS.WritableStream & { readonly isTTY?: boolean }): Report {
  const terminal = stream.isTTY === true;
  return ({ what, elapsedSeconds, expected, state }) => {
    const minutes = Math.floor(elapsedSeconds / 60);
    const elapsed = `${minutes > 0 ? `${minutes} min ` : ''}${elapsedSeconds % 60} s`;
    const mark = { started: '', running: '', done: '✓ ', failed: '✗ ' }[state];
    const ended = state === 'done' || state === 'failed';
    // A user who sees only this line must not think that the start failed: an error appears only when every way failed.
    const note = {
      started: expected,
      running: expected,
      done: undefined,
      failed: 'did not work; there are other ways',
    }[state];
    const line = `${mark}${what} · ${elapsed}${note === undefined ? '' : ` (${note})`}`;
    if (terminal) stream.write(`\r\u001b[2K${line}${ended ? '\n' : ''}`);
    else if (state !== 'running' || elapsedSeconds % 15 === 0) stream.write(`${line}\n`);
  };
}
