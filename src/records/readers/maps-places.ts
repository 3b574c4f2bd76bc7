/** Starred and labelled places, and reviews: GeoJSON features (docs/google-api.md §A7). */
import { instantOfText } from '../formats/instant';
import { isObject, type Json, type JsonObject } from '../formats/json';
import { createFieldCheck, readEntries, sampledObjects, textOf } from '../read/read-entries';
import type { Reader } from '../read/reader';

/** Keys of a feature itself; whatever else lies there belongs to its properties. */
const featureKeys = new Set(['type', 'geometry', 'properties', 'id', 'bbox']);

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
    kinds: [kind],
    format: 'json',
    accepts: (sample) =>
      sampledObjects(sample).some(({ entry }) => isFeature(entry) || marks.some((mark) => mark in entry)),
    read: (member, out) => {
      const check = createFieldCheck(kind, out);
      return readEntries(member, out, {
        depth: 1,
        entry: (entry, index, path) => {
          const value = entry.value();
          if (!isObject(value)) {
            out.problem('unexpected_entry', { index });
            return;
          }
          if (path.length === 1 && path[0] !== 'features') out.drift(['list at', ...path]);
          const data = gathered(value);
          check(Object.keys(data), index);
          const properties: Json = data['properties'] ?? {};
          const date = isObject(properties) ? textOf(properties['date']) : undefined;
          const occurredAt = date === undefined ? undefined : instantOfText(date, member.locale);
          const hasUnreadTime = date !== undefined && occurredAt === undefined;
          const url = isObject(properties) ? textOf(properties['google_maps_url']) : undefined;
          out.record({ kind, index, occurredAt, hasUnreadTime, data, identity: url });
        },
      });
    },
  };
}

/** Google's example of a review has the properties on the feature, real exports have them below it. */
function gathered(feature: JsonObject): JsonObject {
  const loose = Object.entries(feature).filter(([key]) => !featureKeys.has(key));
  if (loose.length === 0) return feature;
  const own = Object.entries(feature).filter(([key]) => featureKeys.has(key));
  const properties = isObject(feature['properties']) ? feature['properties'] : {};
  return { ...Object.fromEntries(own), properties: { ...Object.fromEntries(loose), ...properties } };
}

export const savedPlaces = placeReader('maps.starred_places', 'saved_place', ['google_maps_url']);
export const labeledPlaces = placeReader('maps.aliased_places', 'labeled_place', ['address']);
export const mapsReviews = placeReader('maps.reviews', 'review', [
  'five_star_rating_published',
  'review_text_published',
  'google_maps_url',
]);
