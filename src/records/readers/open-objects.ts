/**
 * JSON of which Google documents little: each object of a list is a record, or the whole file where it is one object
 * with facts of its own (docs/google-api.md §A7 and §A9).
 */
import { instantOf, instantOfNumber } from '../formats/instant';
import { isObject, type Json, type JsonObject } from '../formats/json';
import type { KindName } from '../kinds';
import { createFieldCheck, createTypeCheck, hasKeys, readEntries, sampledObjects, textOf } from '../read/read-entries';
import { mediaNamed } from '../read/media';
import { baseName, type OpenMember, type Reader } from '../read/reader';
import type { Sample } from '../read/detect-format';

interface OpenObjects {
  readonly resource: string;
  readonly kind: KindName;
  readonly services?: readonly string[];
  /** The place of its files, in an archive that holds such files of other resources too. */
  readonly place: RegExp;
  /** Keys of its entries that those of other resources do not have. */
  readonly marks?: readonly string[];
  /** Field with its time. */
  readonly time?: string;
  /** Whether the name of a file gives its time in milliseconds since 1970. */
  readonly isNamedByTime?: boolean;
  /** Whether the record names the list that held the entry. */
  readonly hasSection?: boolean;
  /** Whether entries name media of the archive. */
  readonly hasMedia?: boolean;
}

/** A root object with facts in addition to its lists, or without lists of objects, is one entry. */
function isOneEntry({ json }: Sample): boolean {
  if (json?.root !== 'object') return false;
  const hasObjects = json.lists.some(({ path, entries }) => path.length === 1 && entries.some(isObject));
  const isEmptyList = json.lists.some(({ path, entries }) => path.length === 1 && entries.length === 0);
  return json.outsideLists.has('data') || !(hasObjects || (isEmptyList && !json.outsideLists.has('fact')));
}

function openObjects({ resource, kind, place, marks = [], services = ['MAPS'], ...rest }: OpenObjects): Reader {
  const { time, isNamedByTime = false, hasSection = false, hasMedia = false } = rest;
  return {
    resources: [resource],
    services,
    kinds: [kind],
    format: 'json',
    accepts: (sample, { path, isShared }) => {
      const isMarked = sampledObjects(sample).some(({ entry }) => hasKeys(Object.keys(entry), marks, 1));
      const hasAny = (sample.json?.rootKeys.size ?? 0) > 0 || sampledObjects(sample).length > 0;
      return hasAny && (!isShared || isMarked || place.test(path));
    },
    read: (member, out) => {
      const check = createFieldCheck(kind, out);
      const checkTypes = createTypeCheck(kind, out);
      const isOne = isOneEntry(member.sample);
      return readEntries(member, out, {
        isEntry: isOne ? (path) => path.length === 0 : undefined,
        entry: (entry, index, path) => {
          const value = entry.value();
          if (!isObject(value)) {
            out.problem('unexpected_entry', { index });
            return;
          }
          const data = hasSection ? { section: path.join('/'), fields: value } : value;
          check(Object.keys(data), index);
          checkTypes(data);
          const at = timeOf(value, time, isNamedByTime ? member.path : undefined);
          const media = hasMedia ? mediaOf(value, member, isOne) : [];
          out.record({ kind, index, ...at, data, volatile: media.length > 0 ? { media } : undefined });
        },
      });
    },
  };
}

function timeOf(
  value: JsonObject,
  field: string | undefined,
  path: string | undefined,
): { occurredAt?: string | undefined; hasUnreadTime?: boolean } {
  const written = field === undefined ? undefined : (textOf(value[field]) ?? '');
  if (written !== undefined && written !== '') {
    const occurredAt = instantOf(written) ?? instantOfNumber(written);
    return { occurredAt, hasUnreadTime: occurredAt === undefined };
  }
  const [named] = path === undefined ? [] : (/^\d{13}/.exec(baseName(path)) ?? []);
  return named === undefined ? {} : { occurredAt: instantOfNumber(named) };
}

const mostMedia = 32;

/** Files that are named in an entry, or have the name of the file of a single entry. */
function mediaOf(value: Json, { siblings, path }: OpenMember, isOne: boolean): JsonObject[] {
  const names = [...namesIn(value)];
  const files = names.flatMap((name) => mediaNamed(siblings, name));
  if (isOne) files.push(...mediaNamed(siblings, baseName(path)));
  return [...new Set(files)]
    .slice(0, mostMedia)
    .map((file) => ({ part: file.part, entry: file.entry, bytes: file.bytes }));
}

function* namesIn(value: Json): Generator<string> {
  if (typeof value === 'string') {
    const name = value.split('/').at(-1) ?? '';
    if (/^[^\n]{1,255}\.(?:jpe?g|png|gif|webp|mp4|mov|webm)$/i.test(name)) yield name;
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) yield* namesIn(inner);
  }
}

export const commuteRoutes = openObjects({
  ...{ resource: 'maps.commute_routes', kind: 'commute_route', place: /commute routes/i },
  marks: ['place_visit', 'transition'],
});
export const commuteSettings = openObjects({
  ...{ resource: 'maps.commute_settings', kind: 'commute_setting', place: /commute settings/i },
});
export const evProfile = openObjects({
  ...{ resource: 'maps.ev_profile', kind: 'ev_profile', place: /electric vehicle|ev profile/i },
});
export const vehicleProfile = openObjects({
  ...{
    resource: 'maps.vehicle_profile',
    kind: 'vehicle_profile',
    place: /^(?!.*electric).*vehicle (?:profile|settings)/i,
  },
});
export const offeringContributions = openObjects({
  ...{ resource: 'maps.offering_contributions', kind: 'offering_contribution', time: 'created' },
  place: /dishes|offering/i,
  marks: ['photo_url'],
});
export const factualContributions = openObjects({
  ...{ resource: 'maps.factual_contributions', kind: 'factual_contribution', time: 'created', isNamedByTime: true },
  place: /suggested edits|automated questions|factual/i,
});
export const questionsAnswers = openObjects({
  ...{ resource: 'maps.questions_answers', kind: 'place_question', time: 'created', hasSection: true },
  place: /questions and answers/i,
});
export const nestEvents = openObjects({
  ...{ resource: 'nest.camera_event', kind: 'nest_event', services: [], hasMedia: true },
  place: /event/i,
});
