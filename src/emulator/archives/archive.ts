/** The archive of a job: generated from the seed, or given as files; kept for a while so that ranges are cheap. */
import { timestampMs } from '../api/proto-json';
import type { Job } from '../state';
import { stateOf, type World } from '../world';
import { fileContent } from './content';
import { createCalendar } from './generate/calendar';
import { generate } from './generate/generate';
import type { ServiceFolder } from './generate/produce';
import { wordsFor } from './generate/words';
import type { GivenArchives } from './given/given-archives';
import { cutIntoParts, manifestPlace } from './parts';
import { plainObject, zipObject, type StoredObject } from './stored-object';

export interface Archives {
  /** The parts of a job's archive, in the order of their numbers. */
  partsOf(job: Job): Promise<StoredObject[]>;
}

const kept = 16;

export function createArchives(world: World, given: GivenArchives | undefined): Archives {
  const recent = new Map<string, Promise<StoredObject[]>>();
  return {
    partsOf: (job) => {
      const known = recent.get(job.jobId) ?? make(world, given, job);
      recent.delete(job.jobId);
      recent.set(job.jobId, known);
      const oldest = recent.keys().next().value;
      if (recent.size > kept && oldest !== undefined) recent.delete(oldest);
      return known;
    },
  };
}

async function make(world: World, given: GivenArchives | undefined, job: Job): Promise<StoredObject[]> {
  const state = stateOf(world);
  const account = state.accounts.find((candidate) => candidate.accountId === job.accountId);
  if (account === undefined) return [];
  const ready: StoredObject[] = [];
  const folders: ServiceFolder[] = [];
  for (const resource of job.resources) {
    const uploads = account.uploads[resource] ?? given?.zipsOf(resource);
    if (uploads !== undefined) {
      for (const path of uploads) ready.push(await plainObject(fileContent(path)));
      continue;
    }
    if (given !== undefined) {
      folders.push(...given.foldersOf(resource));
      continue;
    }
    folders.push(
      generate({
        seed: state.seed,
        account,
        resource,
        startAt: job.startTime === undefined ? undefined : timestampMs(job.startTime),
        endAt: timestampMs(job.exportTime),
        requestedAt: job.requestedAt,
        calendar: createCalendar(state.createdAt, world.periods.dayMs),
        words: wordsFor(account.locale),
        settings: job.settings,
      }),
    );
  }
  const holding = merged(folders.filter((folder) => folder.files.length > 0));
  if (holding.length === 0 && (ready.length > 0 || state.switches.Q5 === 'A')) return ready;
  const modifiedAt = new Date(job.requestedAt);
  const place = manifestPlace(job.settings, state.switches);
  const parts = cutIntoParts(holding, job.settings, place, modifiedAt.toISOString());
  for (const files of parts) ready.push(await zipObject(files, modifiedAt));
  return ready;
}

/** One entry per folder in the manifest, however many resources share it. */
function merged(folders: readonly ServiceFolder[]): ServiceFolder[] {
  const byName = new Map<string, ServiceFolder>();
  for (const folder of folders) {
    const known = byName.get(folder.folder);
    if (known === undefined) byName.set(folder.folder, { ...folder, files: [...folder.files] });
    else known.files.push(...folder.files);
  }
  return [...byName.values()];
}
