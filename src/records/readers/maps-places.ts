/** Starred and labelled places, and reviews: GeoJSON features (docs/google-api.md §A7). */
import { instantOfText } from '../formats/instant';
import { isObject, type Json, type JsonObject } from '../formats/json';
import type { KindName } from '../kinds';
import { draftFields, placeProperties, reviewProperties } from '../kinds/maps';
import { objectOf } from '../links/read-link';
import { createFieldCheck, readEntries, sampledObjects, textOf } from '../read/read-entries';
import type { Reader, ReaderOutput } from '../read/reader';

/** Keys of a feature itself; all other keys belong to its properties. */
const featureKeys = new Set(['type', 'geometry', 'properties', 'property', 'id', 'bbox']);
/** Names of the time: the documented one, and that of files of 2018. */
const times = ['date', 'Published'];

const isFeature = (entry: JsonObject) =>
  entry['type'] === 'Feature' || isObject(entry['geometry']) || isObject(entry['properties']);

function placeReader(
  resource: string,
  kind: 'saved_place' | 'labeled_place' | 'review',
  marks: readonly string[],
): Reader {
  return {
    resources: [resource],
    services: ['MAPS'],
    kinds: kind === 'review' ? ['review', 'review_draft'] : [kind],
    format: 'json',
    accepts: (sample) =>
      sampledObjects(sample).some(({ entry }) => isFeature(entry) || marks.some((mark) => mark in entry)),
    read: (member, out) => {
      const check = createFieldCheck(kind, out);
      const checkProperties = propertyCheck(kind);
      return readEntries(member, out, {
        depth: 1,
        entry: (entry, index, path) => {
          const value = entry.value();
          if (!isObject(value)) {
            out.problem('unexpected_entry', { index });
            return;
          }
          if (path.length === 1 && path[0] !== 'features') out.drift(['list at', ...path]);
          const data = inOneForm(gathered(value));
          check(Object.keys(data), index);
          const properties = isObject(data['properties']) ? data['properties'] : {};
          checkProperties(Object.keys(properties), out);
          const date = times.map((name) => textOf(properties[name])).find((text) => text !== undefined);
          const occurredAt = date === undefined ? undefined : instantOfText(date, member.locale);
          const hasUnreadTime = date !== undefined && occurredAt === undefined;
          const identity = textOf(properties['google_maps_url']);
          const object = objectOf(identity ?? textOf(properties['Google Maps URL']) ?? '');
          // A feature that has a field of this name keeps its own.
          const volatile = object === undefined || 'object' in data ? undefined : { object: { ...object } };
          for (const part of kind === 'review' ? withoutDrafts(data, properties) : [{ kind, data }]) {
            out.record({ ...part, index, occurredAt, hasUnreadTime, identity, volatile });
          }
        },
      });
    },
  };
}

/** Google's example of a review has the properties on the feature, real exports have them below it. */
function gathered(written: JsonObject): JsonObject {
  const { property, ...rest } = written;
  // The page calls the properties of a labelled place so.
  const feature = isObject(property) && rest['properties'] === undefined ? { ...rest, properties: property } : written;
  const loose = Object.entries(feature).filter(([key]) => !featureKeys.has(key));
  if (loose.length === 0) return feature;
  const own = Object.entries(feature).filter(([key]) => featureKeys.has(key));
  const properties = isObject(feature['properties']) ? feature['properties'] : {};
  return { ...Object.fromEntries(own), properties: { ...Object.fromEntries(loose), ...properties } };
}

/** Reports unknown properties. Their names show whether a time or a rating moved elsewhere. */
function propertyCheck(kind: KindName): (keys: readonly string[], out: ReaderOutput) => void {
  const known = new Set<string>(kind === 'review' ? reviewProperties : placeProperties);
  return (keys, out) => {
    const unknown = keys.filter((key) => !known.has(key));
    if (unknown.length > 0) out.drift([kind, 'properties', ...unknown]);
  };
}

/**
 * One form for Google's two: `location` as an object, though the page shows a list; coordinates as a pair of numbers.
 * The pair [0, 0] means an unknown place, but would be in the Gulf of Guinea: GeoJSON has `null` for a feature without
 * a place (RFC 7946 §3.2). The original value is kept with it.
 */
function inOneForm(feature: JsonObject): JsonObject {
  const { geometry, properties } = feature;
  const data: JsonObject = { ...feature };
  const coordinates = isObject(geometry) ? positionOf(geometry['coordinates']) : undefined;
  if (isObject(geometry) && coordinates !== undefined) {
    const isUnknown = coordinates[0] === 0 && coordinates[1] === 0;
    const isWritten = geometry['coordinates'] === coordinates;
    if (isUnknown || !isWritten) data['writtenGeometry'] = geometry;
    if (isUnknown) data['geometry'] = null;
    else if (!isWritten) data['geometry'] = { ...geometry, coordinates };
  }
  if (isObject(properties) && Array.isArray(properties['location'])) {
    const [location, ...more] = properties['location'];
    const others = Object.fromEntries(Object.entries(properties).filter(([name]) => name !== 'location'));
    const first = location === undefined ? {} : { location };
    data['properties'] = { ...others, ...first, ...(more.length > 0 && { moreLocations: more }) };
  }
  return data;
}

/** Longitude and latitude: a list as GeoJSON has it, or an object that names them. */
function positionOf(coordinates: Json | undefined): Json[] | undefined {
  if (Array.isArray(coordinates)) return coordinates;
  if (!isObject(coordinates)) return undefined;
  const { longitude, latitude, lng, lat } = coordinates;
  const pair = [longitude ?? lng, latitude ?? lat];
  return pair.every((number) => typeof number === 'number') ? pair : undefined;
}

/** The published part of a review, and the rest, are two records: only the person has seen a draft. */
function withoutDrafts(
  data: JsonObject,
  properties: JsonObject,
): { readonly kind: 'review' | 'review_draft'; readonly data: JsonObject }[] {
  const isDraft = (name: string) => (draftFields as readonly string[]).includes(name);
  const isFilled = ([name, value]: [string, Json]) => isDraft(name) && ![null, '', 0, '0'].includes(value as string);
  const entries = Object.entries(properties);
  if (!entries.some(isFilled)) return [{ kind: 'review', data }];
  const isPublished = ([name]: [string, Json]) => name.endsWith('_published');
  // No page documents whether answers to questions are published; without rating and text, they are taken as
  // unpublished.
  if (!entries.some(isPublished)) return [{ kind: 'review_draft', data }];
  const ofDraft = entries.filter((entry) => !isPublished(entry) && entry[0] !== 'questions');
  const draft = { ...data, properties: Object.fromEntries(ofDraft) };
  const published = { ...data, properties: Object.fromEntries(entries.filter(([name]) => !isDraft(name))) };
  return [
    { kind: 'review', data: published },
    { kind: 'review_draft', data: draft },
  ];
}

export const savedPlaces = placeReader('maps.starred_places', 'saved_place', ['google_maps_url']);
export const labeledPlaces = placeReader('maps.aliased_places', 'labeled_place', ['address']);
export const mapsReviews = placeReader('maps.reviews', 'review', [
  'five_star_rating_published',
  'review_text_published',
  ...draftFields,
  'google_maps_url',
]);
