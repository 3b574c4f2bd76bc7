/** Archives of the emulator for the tests of records: every resource, in any of its languages. */
import { resources } from '../../src/emulator/resources';
import type { Emulator } from '../../src/emulator';
import { fetchBytes } from '../emulator/archive-reader';
import { consent, hour, linksOf, start } from '../emulator/harness';

export const resourceNames = resources.map(({ resource }) => resource);

export const accounts = {
  en: 'ada@example.com',
  de: 'bruno@example.de',
  nl: 'carlijn@example.nl',
  ja: 'daiki@example.com',
};

/** The parts of one export of each resource. */
export async function exportAll(
  emulator: Emulator,
  account: string,
  names: readonly string[] = resourceNames,
  window: object = {},
): Promise<Map<string, Buffer[]>> {
  const { access_token: token } = await consent(emulator, [...names], { account, access: '180d' });
  const jobs: [string, string][] = [];
  for (const name of names) jobs.push([name, await start(emulator, token, name, window)]);
  emulator.control.clock.advance(hour / 2);
  const parts = new Map<string, Buffer[]>();
  for (const [name, jobId] of jobs) {
    const links = await linksOf(emulator, token, jobId);
    parts.set(name, await Promise.all(links.map(fetchBytes)));
  }
  return parts;
}
