/** Where records and known keys of a consent lie in storage; keys are made of ids and names of resources only. */
import { consentPrefix, exportPrefix } from '../archive/segment-seal';

/** Everything that reading an export wrote, of every try; ends with a slash. */
export const recordsPrefix = (consentId: string, exportId: string) => `${exportPrefix(consentId, exportId)}records/`;

/** What one try of reading an export wrote; without a slash. */
export const recordsFolder = (consentId: string, exportId: string, run: string) =>
  `${recordsPrefix(consentId, exportId)}${run}`;

/** Everything that is known of a consent's records; ends with a slash. */
export const knownPrefix = (consentId: string) => `${consentPrefix(consentId)}known/`;

/** Every key file of a resource; ends with a slash. No resource has a hyphen in its name. */
export const knownOfResource = (consentId: string, resource: string) =>
  `${knownPrefix(consentId)}${resource.replaceAll('.', '-')}/`;

/** A key file; without a slash. @param place which export and try wrote it */
export const knownFolder = (consentId: string, resource: string, place: string) =>
  `${knownOfResource(consentId, resource)}${place}`;
