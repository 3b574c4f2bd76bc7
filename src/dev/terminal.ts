/** The output of `portage dev` on standard error: one line for each step, and a bar for the sample import. */
import { SingleBar } from 'cli-progress';

import { resourceTitle } from '../domain/resources';
import type { ConsentJson } from './portage-api';

const out = process.stderr;

/** Prints a finished step and its duration. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const result = await work();
  out.write(`  ${name} ready (${((Date.now() - startedAt) / 1_000).toFixed(1)} s)\n`);
  return result;
}

export function say(line: string): void {
  out.write(`${line}\n`);
}

/** The files that the emulator does not use; no line when it uses all files. */
export function leftLines(left: readonly string[]): string[] {
  if (left.length === 0) return [];
  return [
    'The emulator does not use these files, because they belong to no known resource:',
    ...left.map((line) => `  ${line}`),
  ];
}

/** The progress of an export in percent, for each state. */
const progressOf: Record<string, number> = {
  initiating: 5,
  waiting: 20,
  downloading: 60,
  verifying: 80,
  reading: 90,
  ready: 100,
  partial: 100,
  failed: 100,
};

export interface ImportProgress {
  show(consent: ConsentJson): void;
  done(): void;
}

/**
 * Shows a bar on a terminal. Without a terminal, it prints a line for each change of state, so that logs stay readable.
 */
export function importProgress(): ImportProgress {
  return out.isTTY ? progressBar() : progressLines();
}

function progressBar(): ImportProgress {
  const bar = new SingleBar({
    format: '  [{bar}] {percentage} %  {detail}',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    stream: out,
    gracefulExit: false,
  });
  bar.start(100, 0, { detail: 'connecting' });
  return {
    show(consent) {
      const total = consent.grantedResources.length * 100;
      const done = consent.exports.reduce((sum, { state }) => sum + (progressOf[state] ?? 0), 0);
      const busy = consent.exports.find(({ state }) => (progressOf[state] ?? 0) < 100);
      const detail =
        busy === undefined ? 'ending the grant at Google' : `${resourceTitle(busy.resource)}: ${busy.state}`;
      bar.update(total === 0 ? 0 : Math.floor((done / total) * 100), { detail });
    },
    done: () => bar.stop(),
  };
}

function progressLines(): ImportProgress {
  const shown = new Map<string, string>();
  return {
    show(consent) {
      for (const { resource, state } of consent.exports) {
        if (shown.get(resource) !== state) say(`  ${resource}: ${state}`);
        shown.set(resource, state);
      }
    },
    done: () => undefined,
  };
}

/** Describes the import in a few lines: resources, verdicts, parts, bytes, files, records. */
export function summaryOf(consent: ConsentJson): string {
  const rows = consent.exports.map(({ resource, verdict, errorCode, partsTotal, bytes, files, records }) => [
    resource,
    verdict ?? errorCode ?? '',
    countOf(partsTotal, 'part'),
    countOf(bytes, 'byte'),
    countOf(files, 'file'),
    countOf(records?.read, 'record'),
  ]);
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return [`Import ${consent.state} (${consent.accessType ?? 'unknown'} access):`, ...lines].join('\n');
}

function countOf(count: number | null | undefined, what: string): string {
  return `${count ?? 0} ${what}${count === 1 ? '' : 's'}`;
}

/** The same as one line of JSON, for programs. */
export function summaryJson(consent: ConsentJson): string {
  return JSON.stringify({
    state: consent.state,
    accessType: consent.accessType,
    exports: consent.exports.map(({ resource, verdict, partsTotal, bytes, files, records }) => ({
      resource,
      verdict,
      parts: partsTotal ?? 0,
      bytes: bytes ?? 0,
      files: files ?? 0,
      records: records?.read ?? 0,
    })),
  });
}
