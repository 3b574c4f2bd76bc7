/**
 * A child process that never outlives this process: `stop` ends it, and a watchdog ends it if this process is killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

export interface SupervisedOptions {
  readonly cwd?: string;
  /** The child's output is appended here; without it, it is dropped. */
  readonly logFile?: string;
  /** The child's whole environment; without it, the child inherits ours. */
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  /** Runs the child as another user, for programs that refuse to run as root; only root may ask for it. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** How long the child may take to end after SIGTERM, before SIGKILL. */
  readonly graceMs?: number;
}

/** How a child ended: with an exit code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface SupervisedProcess {
  readonly pid: number;
  /**
   * Ends the child and all processes that it started; resolves when they have ended. May be called again.
   *
   * @param graceMs in place of the option of the same name
   */
  stop(graceMs?: number): Promise<void>;
  /** Resolves when the child has ended, for any reason; never rejects. */
  readonly exited: Promise<Exit>;
}

/**
 * Reads from a pipe that only this process writes to. A line means that the child has ended. The end of the pipe means
 * that this process has ended, for any reason, and that the child's process group must be ended.
 */
const watchdogScript = `
read -r word && exit 0
kill -s TERM -- "-$1" 2>/dev/null
seconds=0
while [ "$seconds" -lt "$2" ] && kill -s 0 -- "-$1" 2>/dev/null; do sleep 1; seconds=$((seconds + 1)); done
kill -s KILL -- "-$1" 2>/dev/null
exit 0
`;

/**
 * Starts a command in a process group of its own, so that Ctrl-C in the terminal reaches only this process and the
 * child runs until the shutdown is complete.
 *
 * @throws Error naming the command, when it is missing or can't be run
 */
export async function startSupervised(
  command: string,
  args: readonly string[],
  { cwd, logFile, env, user, graceMs = 5000 }: SupervisedOptions = {},
): Promise<SupervisedProcess> {
  if (logFile !== undefined) mkdirSync(dirname(logFile), { recursive: true });
  const log = logFile === undefined ? 'ignore' : openSync(logFile, 'a');
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', log, log],
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    ...user,
  });
  if (typeof log === 'number') closeSync(log);
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const pid = await started(child, command);
  const dismissWatchdog = startWatchdog(pid, graceMs);
  void exited.then(dismissWatchdog);

  const stop = async (stopGraceMs: number) => {
    signalGroup(pid, 'SIGTERM');
    const impatience = setTimeout(() => signalGroup(pid, 'SIGKILL'), stopGraceMs);
    await exited;
    clearTimeout(impatience);
    // Processes that the child had started and not ended.
    signalGroup(pid, 'SIGKILL');
  };
  let stopping: Promise<void> | undefined;
  return { pid, stop: (stopGraceMs = graceMs) => (stopping ??= stop(stopGraceMs)), exited };
}

function started(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'ENOENT'
          ? 'there is no such program (or no such working folder)'
          : error.code === 'EACCES'
            ? 'the file is not executable'
            : error.message;
      reject(new Error(`Could not start ${command}: ${reason}`, { cause: error }));
    });
    child.once('spawn', () => {
      if (child.pid !== undefined) resolve(child.pid);
    });
  });
}

function startWatchdog(pid: number, graceMs: number): () => void {
  const args = ['-c', watchdogScript, 'portage-watchdog', String(pid), String(Math.ceil(graceMs / 1000))];
  const watchdog = spawn('/bin/sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // Without a shell, or when the watchdog has ended, the child is still stopped unless this process gets SIGKILL.
  const unwatched = () => undefined;
  watchdog.on('error', unwatched);
  watchdog.stdin.on('error', unwatched);
  watchdog.unref();
  return () => watchdog.stdin.end('ended\n');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: all processes have ended. EPERM: macOS returns it for a group that has only ended processes.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
