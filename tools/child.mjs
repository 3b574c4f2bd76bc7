// Runs one child process to its end; a signal to this process reaches the child first. Importing it takes the signals.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** The running children, and the signal that ended the wait for them, if one did. */
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

/** Removes the signal handlers, so that the program that is loaded next can set its own. */
export function releaseSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, forward);
}

/** The exit code that shells use for a program ended by a signal: 128 plus the signal's number. */
export function exitCodeOf(signal) {
  return 128 + (constants.signals[signal] ?? 0);
}

/**
 * Runs a command. With `quiet`, its output is collected instead of shown.
 *
 * @returns `{ code, output }`: the exit code (128 + number for a signal) and the collected output. When a signal to
 * this   process stopped the child, the process ends with that signal's code instead of returning.
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
