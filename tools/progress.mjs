// Shows on stderr which step runs, for how long, and how long it may take; stdout stays clean for `--json`.

const quietSeconds = 15;

/** `8 s`, `1 min 05 s`. */
export function elapsed(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * Starts showing one step. On a terminal one line is rewritten each second; elsewhere (a log) a line appears at the
 * start, every 15 seconds and at the end.
 *
 * @param title names the step, such as "Installing packages"
 * @param options `expected`: how long it may take; `howFar`: returns the state of things, such as "12 of 60 packages"
 * @returns `done()` and `failed()`, each to be called once
 */
export function startStep(title, { expected = '', howFar = () => '' } = {}) {
  const startedAt = Date.now();
  const terminal = process.stderr.isTTY === true;
  const line = () =>
    [title, howFar(), elapsed(Date.now() - startedAt), expected === '' ? '' : `(${expected})`]
      .filter((text) => text !== '')
      .join(' · ');
  const write = (text) => process.stderr.write(terminal ? `\r\x1b[2K${text}` : `${text}\n`);

  write(terminal ? line() : `${title}${expected === '' ? '' : ` (${expected})`} …`);
  const timer = setInterval(() => write(line()), terminal ? 1000 : quietSeconds * 1000);
  timer.unref();
  const end = (mark) => {
    clearInterval(timer);
    write(`${mark} ${title} · ${elapsed(Date.now() - startedAt)}${terminal ? '\n' : ''}`);
  };
  return { done: () => end('✓'), failed: () => end('✗') };
}
