/** Places and reviews as GeoJSON, by the page `local_actions` and real files (docs/google-api.md §A7). */
import { jsonFile, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { formOf } from './subject-form';
import { happenings, type Subject } from './subject';
import { iso, isoSeconds } from './times';

type Files = ServiceFolder['files'];

const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** Longitude first, as in GeoJSON. */
export const coordinates = (chance: Chance): [longitude: number, latitude: number] => [
  round(-10 + chance.next() * 30),
  round(36 + chance.next() * 24),
];

/** Both are zero when Google does not know the place. */
const perhapsUnknown = (chance: Chance) => (chance.happens(0.1) ? [0, 0] : coordinates(chance));

const featureId = (chance: Chance) => `0x${chance.hex(16)}:0x${chance.hex(16)}`;

function location(subject: Subject, chance: Chance): Record<string, unknown> {
  const name = chance.pick(subject.words.topics);
  return { name, address: `${chance.between(1, 99)} Example Street`, country_code: subject.account.accountCountry };
}

/** An instant of Java: digits after the second only when there are some. */
const date = (at: number, chance: Chance) => (chance.happens(0.5) ? isoSeconds(at) : iso(at));

type Properties = (at: number, chance: Chance) => Record<string, unknown>;

/**
 * A collection of features, none when nothing happened. The page has the facts on the feature and `location` as a list,
 * real files have them under `properties` and `location` as one object; each account has one of the two forms.
 */
function features(subject: Subject, file: string, properties: Properties): Files {
  const form = formOf(subject, 'geojson', ['page', 'real']);
  const list = happenings(subject, subject.resource, [0, 1])
    .reverse()
    .map(({ at, chance }) => {
      const geometry = { coordinates: perhapsUnknown(chance), type: 'Point' };
      const facts = properties(at, chance);
      if (form === 'real') return { geometry, properties: facts, type: 'Feature' };
      const { location: place, ...others } = facts;
      return { geometry, ...others, ...(place !== undefined && { location: [place] }), type: 'Feature' };
    });
  return list.length === 0 ? [] : [jsonFile(`${file}.json`, { type: 'FeatureCollection', features: list })];
}

export const starredPlaces = (subject: Subject): Files =>
  features(subject, subject.words.files.savedPlaces, (at, chance) => ({
    date: date(at, chance),
    google_maps_url: `http://maps.google.com/?cid=${chance.between(1e9, 9e9)}`,
    ...(chance.happens(0.8) && { location: location(subject, chance) }),
    ...(formOf(subject, 'geojson', ['page', 'real']) === 'real' &&
      chance.happens(0.1) && { Comment: 'No location information is available for this saved place' }),
  }));

/** Rating and text of a review are published, or a draft that only its author has seen. */
function rated(subject: Subject, chance: Chance): Record<string, unknown> {
  const state = chance.happens(0.2) ? 'draft' : 'published';
  return {
    [`five_star_rating_${state}`]: chance.between(1, 5),
    ...(chance.happens(0.7) && { [`review_text_${state}`]: chance.pick(subject.words.topics) }),
  };
}

export const reviews = (subject: Subject): Files =>
  features(subject, subject.words.files.reviews, (at, chance) => ({
    date: date(at, chance),
    google_maps_url: `https://www.google.com/maps/place//data=!4m2!3m1!1s${featureId(chance)}`,
    ...rated(subject, chance),
    location: location(subject, chance),
    ...(chance.happens(0.3) && {
      questions: [
        chance.happens(0.5)
          ? { question: 'Service', rating: chance.between(1, 5) }
          : { question: 'Meal type', selected_option: 'Dinner' },
      ],
    }),
  }));

/**
 * Labelled places, by the page `maps`: a property object named `property` and coordinates as a latlng object, whose
 * fields it does not show. Real files are plain GeoJSON.
 */
export function labelledPlaces(subject: Subject): Files {
  const form = formOf(subject, 'geojson', ['page', 'real']);
  const list = happenings(subject, subject.resource, [0, 1]).map(({ chance }) => {
    const [longitude, latitude] = coordinates(chance);
    const facts = { name: chance.pick(subject.words.topics), address: `${chance.between(1, 99)} Example Street` };
    if (form === 'page') return { geometry: { coordinates: { latitude, longitude }, type: 'Point' }, property: facts };
    return { geometry: { coordinates: [longitude, latitude], type: 'Point' }, properties: facts, type: 'Feature' };
  });
  if (list.length === 0) return [];
  const whole = form === 'page' ? { features: list } : { type: 'FeatureCollection', features: list };
  return [jsonFile(`My labeled places/${subject.words.files.labeledPlaces}.json`, whole)];
}
