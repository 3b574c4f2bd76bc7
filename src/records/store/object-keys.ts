/** Storage keys of the records and known keys of a consent; they consist of ids and names of resources only. */
import { randomBytes } from 'node:crypto';

import { consentPrefix, exportPrefix } from '../../archive/store/segment-seal';

/** All output of reading an export, of every try; ends with a slash. */
export const recordsPrefix = (consentId: string, exportId: string) => `${exportPrefix(consentId, exportId)}records/`;

/** The output of one try of reading an export; without a slash. */
export const recordsFolder = (consentId: string, exportId: string, run: string) =>
  `${recordsPrefix(consentId, exportId)}${run}`;

/** All known keys of a consent's records; ends with a slash. */
export const knownPrefix = (consentId: string) => `${consentPrefix(consentId)}known/`;

/** Every key file of a resource; ends with a slash. No resource has a hyphen in its name. */
export const knownOfResource = (consentId: string, resource: string) =>
  `${knownPrefix(consentId)}${resource.replaceAll('.', '-')}/`;

/** A key file; without a slash. @param place the export and try that wrote it */
export const knownFolder = (consentId: string, resource: string, place: string) =>
  `${knownOfResource(consentId, resource)}${place}`;

/**
 * A name for one try of reading an export.
 *
 * @param againAt when it begins to read an export again that has ended; undefined for a try that is to end one
 */
export function nameRun(againAt?: Date): string {
  const own = randomBytes(6).toString('hex');
  return againAt === undefined ? own : `again-${againAt.getTime().toString(36)}-${own}`;
}

/** When a try that reads an export again began, from its name; undefined for any other. */
export function againStartedAt(run: string): Date | undefined {
  const started = /^again-([0-9a-z]+)-/.exec(run)?.[1];
  return started === undefined ? undefined : new Date(parseInt(started, 36));
}
