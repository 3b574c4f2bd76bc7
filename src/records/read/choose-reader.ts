/**
 * Finds the reader of a member: by resource, by Google's stable name of the service, and by structure (D50). Names of
 * files are the user's words, or in the account's language. Their endings count; the rest of a path only where several
 * resources share an archive and the structure of their files is not documented.
 */
import { fingerprint } from '../store/canonical';
import { normalHeader } from '../locales/translated-names';
import { sampledObjects } from './read-entries';
import type { Reader } from './reader';
import { readers } from '../readers';
import { unknownBytes, type JsonSample, type Sample } from './detect-format';

export type Choice =
  | { readonly as: 'records'; readonly reader: Reader; readonly resource: string; readonly isUnclear: boolean }
  /** Delivered as it is: media, or a resource whose files are not documented. */
  | { readonly as: 'file'; readonly resource: string }
  /** Empty, which is valid (docs/google-api.md §A10). */
  | { readonly as: 'nothing' }
  /** A table without rows, whose headers are in an unknown language. */
  | { readonly as: 'empty_table'; readonly resource: string }
  /** A sentence in place of data: Takeout writes one where there is none. */
  | { readonly as: 'no_data_text'; readonly resource: string }
  /** A file for a reader, in a shape that no reader knows. */
  | { readonly as: 'unrecognised'; readonly resource: string; readonly shape: string }
  /** Bytes that are not text, in place of a reader's text. */
  | { readonly as: 'not_text'; readonly resource: string };

const allReaders = Object.values(readers);
const knownServices = new Set(allReaders.flatMap(({ services }) => services));

/** The position of a member by the manifest. */
export interface Where {
  readonly path: string;
  /** `service.name` of its folder; absent without a manifest. */
  readonly service: string | undefined;
  /** Whether the total length of its folder's files is the one in the manifest. */
  readonly isLengthAsStated: boolean;
}

/** Endings of files whose content readers read; Google does not translate them. */
const textEnding = /\.(?:csv|json|html|txt|kml)$/i;
/** Endings of files that readers of a format read. */
const endings: Readonly<Record<Reader['format'], RegExp>> = {
  ...{ json: /\.json$/i, html: /\.(?:html|kml)$/i, text: /\.csv$/i, zip: /\.kmz$/i },
};
/** Whether a resource has readers for a file. */
interface Readers {
  readonly hasReaders: boolean;
  readonly hasEnding: boolean;
}
/** Resources whose archives hold uploads of the person, in any format. */
const withUploads =
  /^(?:youtube\.\w+_videos|youtube\.music|maps\.photos_videos|streetview\.imagery|nest\.camera_event|businessmessaging\.conversations)$/;

/**
 * Files for which the resource has readers are read or reported, whatever a few bytes of them look like; media next to
 * them is recognised by its bytes.
 *
 * @param resources the exported ones, one or several
 */
export function chooseReader(
  sample: Sample,
  resources: readonly string[],
  { path, service, isLengthAsStated }: Where,
): Choice {
  const candidates = allReaders.filter(
    (reader) =>
      reader.resources.some((resource) => resources.includes(resource)) &&
      // Only names known to some reader can exclude a reader: most of Google's names are unknown.
      (service === undefined || !knownServices.has(service) || reader.services.includes(service)),
  );
  const [first = ''] = resources;
  const resource = candidates[0]?.resources.find((name) => resources.includes(name)) ?? first;
  if (sample.format === 'empty') return { as: 'nothing' };
  if (candidates.length === 0) return { as: 'file', resource };
  const zipReader = sample.mediaType === 'application/zip' && candidates.find(({ format }) => format === 'zip');
  if (zipReader) {
    return { as: 'records', reader: zipReader, isUnclear: false, resource: zipReader.resources[0] ?? resource };
  }
  if (sample.format === 'binary') {
    const isKnownMedia = sample.mediaType !== unknownBytes || withUploads.test(resource);
    return { as: isKnownMedia && !textEnding.test(path) ? 'file' : 'not_text', resource };
  }
  if (sample.format === 'utf16') return { as: 'not_text', resource };
  const fitting = candidates.filter(({ format }) => format === sample.format);
  const wanted = fitting.flatMap((reader) => reader.resources.filter((name) => resources.includes(name)));
  const place = { path, isShared: new Set(wanted).size > 1 };
  const chosen =
    fitting.find((reader) => reader.accepts(sample, place)) ??
    // The file is broken before its first entry ends, or its entries are too long for the sample. The reading finds out
    // which, and reports it.
    (sample.json?.isComplete === false && hasNoEntries(sample.json) ? fitting[0] : undefined);
  if (chosen !== undefined) {
    const possible = chosen.resources.filter((name) => resources.includes(name));
    return { as: 'records', reader: chosen, isUnclear: possible.length > 1, resource: likeliest(possible, sample) };
  }
  const hasEnding = candidates.some(({ format }) => endings[format].test(path));
  return chooseWithoutReader(sample, resource, { path, isLengthAsStated, hasReaders: fitting.length > 0, hasEnding });
}

/**
 * @param hasReaders whether the resource has readers of files of this format
 * @param hasEnding whether it has readers of files of this ending
 */
function chooseWithoutReader(
  sample: Sample,
  resource: string,
  { path, isLengthAsStated, hasReaders, hasEnding }: Pick<Where, 'path' | 'isLengthAsStated'> & Readers,
): Choice {
  if (isEmpty(sample)) return { as: 'nothing' };
  if (isNoDataText(sample, path)) return { as: 'no_data_text', resource };
  // Files sent with messages keep their own format.
  if (!hasReaders && !hasEnding && withUploads.test(resource)) return { as: 'file', resource };
  if (hasReaders && isHeaderAlone(sample, path, isLengthAsStated)) return { as: 'empty_table', resource };
  return { as: 'unrecognised', resource, shape: shapeOf(sample) };
}

/** Addresses that only entries of one resource of My Activity have. */
const addresses: readonly (readonly [string, RegExp])[] = [
  ['myactivity.youtube', /"https?:\/\/(?:www\.|music\.)?youtube\.com\//],
  ['myactivity.maps', /"titleUrl"\s*:\s*"https?:\/\/(?:www\.google\.[a-z.]+\/maps|maps\.google\.)/],
  ['myactivity.play', /"https?:\/\/play\.google\.com\//],
  ['myactivity.myadcenter', /"https?:\/\/myadcenter\.google\.com\//],
  ['myactivity.shopping', /"titleUrl"\s*:\s*"https?:\/\/[^"]*(?:tbm=shop|\/shopping\/|udm=28)/],
];

function likeliest(possible: readonly string[], { text }: Sample): string {
  const [only = ''] = possible;
  if (possible.length === 1) return only;
  const match = addresses.find(([name, address]) => possible.includes(name) && address.test(text));
  return match?.[0] ?? (possible.includes('myactivity.search') ? 'myactivity.search' : only);
}

const hasNoEntries = ({ lists }: JsonSample) => lists.every(({ entries }) => entries.length === 0);

/** Lists without entries and no other values, or an empty object. */
function isEmpty({ json }: Sample): boolean {
  if (json?.isComplete !== true || json.outsideLists.has('data')) return false;
  return json.lists.length > 0 ? hasNoEntries(json) : !json.outsideLists.has('fact');
}

/** Cells that are user data: numbers of four digits such as years, addresses, ids of channels, JSON. */
const dataLike = /\d{4}|:\/\/|^UC[\w-]{20}|^[[{]/;

/** A table of one row, whose cells are all different words: a row of data would be a table without headers. */
function isHeaderAlone({ format, isWhole, rows, text }: Sample, path: string, isLengthAsStated: boolean): boolean {
  const [cells = [], ...others] = rows;
  if (format !== 'text' || !isWhole || others.length > 0 || cells.length < 2 || !/\.csv$/i.test(path)) return false;
  // Without a line break it may be cut.
  if (!text.slice(text.trimEnd().length).includes('\n') && !isLengthAsStated) return false;
  return new Set(cells).size === cells.length && cells.every((cell) => cell.trim() !== '' && !dataLike.test(cell));
}

const longestSentence = 200;

/** One short line in a text file, without a comma or a tab between cells; `Addresses.txt` was seen with 33 bytes. */
function isNoDataText({ format, isWhole, text }: Sample, path: string): boolean {
  const line = text.trim();
  return (
    format === 'text' &&
    isWhole &&
    /\.txt$/i.test(path) &&
    line.length <= longestSentence &&
    !/[\n\t,;{}<>=]/.test(line)
  );
}

/** Names of keys or headers, hashed. */
function shapeOf(sample: Sample): string {
  if (sample.json !== undefined) {
    const keys = sampledObjects(sample).flatMap(({ path, entry }) => [...path, ...Object.keys(entry)]);
    return fingerprint(new Set([`${sample.json.root ?? ''} of`, ...keys]));
  }
  return fingerprint([sample.format, ...(sample.rows[0] ?? []).map(normalHeader)]);
}
