/** The threads that read records: each reads one archive at a time, and waits a while for the next one. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Entries are read in batches and dropped: with room for some of them, the garbage collector looks at few. */
const maxYoungMiB = 48;

/** Built code, also where the sources run as they are: a thread starts from a file that Node can load. */
const workerFile = join(__dirname, '../../../dist/records/read/reading-worker.js');

/** More than any archive needs; a thread that wants more is ended rather than the whole worker. */
const maxHeapMiB = 512;

/**
 * Starting a thread takes longer than reading a small archive, so a thread that has finished without an error waits
 * this long for the next: the resources of one person are ready at Google within seconds of each other.
 */
const idleMs = 30_000;
/** As many as a worker reads at once. */
const maxIdle = 4;

export interface Thread {
  readonly worker: Worker;
  /** Called when the thread ends unexpectedly, or fails. */
  broken: (cause: unknown) => void;
  ends?: NodeJS.Timeout;
}

/** Threads that read an archive to its end and have no other one yet; the newest is the last. */
const idle: Thread[] = [];

/** A waiting thread, or a new one. */
export function takeThread(): Thread {
  const waiting = idle.pop();
  if (waiting !== undefined) {
    clearTimeout(waiting.ends);
    waiting.worker.ref();
    return waiting;
  }
  return startThread();
}

function startThread(): Thread {
  const worker = new Worker(workerFile, {
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB, maxYoungGenerationSizeMb: maxYoungMiB },
  });
  const thread: Thread = { worker, broken: () => undefined };
  worker.on('error', (error) => thread.broken(error));
  worker.on('exit', (code) => thread.broken(new Error(`the thread ended with code ${code}`)));
  return thread;
}

/**
 * Keeps a thread that read an archive to its end for the next one, for a while; it does not keep the process from
 * exiting.
 *
 * @returns false when the limit of waiting threads is reached; the caller then ends this one
 */
export function keepThread(thread: Thread): boolean {
  if (idle.length >= maxIdle) return false;
  const leave = () => {
    const index = idle.indexOf(thread);
    if (index >= 0) idle.splice(index, 1);
    clearTimeout(thread.ends);
  };
  thread.broken = leave;
  thread.worker.unref();
  thread.ends = setTimeout(() => {
    leave();
    void thread.worker.terminate();
  }, idleMs).unref();
  idle.push(thread);
  return true;
}

/**
 * Starts threads that wait for the first archives, so that their code is loaded by then.
 *
 * @param count how many are to wait, at most the limit of waiting threads
 */
export function startIdleThreads(count: number): void {
  while (idle.length < Math.min(count, maxIdle)) keepThread(startThread());
}

/** Ends the waiting threads, as before the process ends. A reading thread continues. */
export async function endIdleThreads(): Promise<void> {
  await Promise.all(
    idle.splice(0).map((thread) => {
      clearTimeout(thread.ends);
      return thread.worker.terminate();
    }),
  );
}
