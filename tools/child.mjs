// Runs one child process to its end; a signal to this process reaches the child first. Importing it takes the signals.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** The running children, and the signal that ended our patience, if one did. */
const running = new Set();
let stopSignal;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, forward);
}

function forward(signal) {
  stopSignal = signal;
  for (const child of running) child.kill(signal);
  if (running.size === 0) process.exit(exitCodeOf(signal));
}

/** Hands the signals back, so that what is loaded into this process next may answer them in its own way. */
export function releaseSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, forward);
}

/** The exit code by which shells tell that a signal ended a program: 128 plus the signal's number. */
export function exitCodeOf(signal) {
  return 128 + (constants.signals[signal] ?? 0);
}

/**
 * Runs a command. With `quiet`, its output is collected instead of shown.
 *
 * @returns `{ code, output }`: the exit code (128 + number for a signal) and what was collected. When a signal to this
 *   process stopped the child, the process ends with that signal's code instead of returning.
 */
export function run(command, args, { cwd, env = process.env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    running.add(child);
    child.once('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      if (stopSignal !== undefined) process.exit(exitCodeOf(stopSignal));
      resolve({ code: code ?? exitCodeOf(signal), output });
    });
  });
}
