/** Maps and contributions to it (docs/google-api.md §A7). */
import { mediaContent } from '../media';
import { jsonFile, type Producer, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { chanceOf, happenings, type Subject } from './subject';

type Files = ServiceFolder['files'];

const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** Longitude first, as GeoJSON wants it. */
const coordinates = (chance: Chance) => [round(-10 + chance.next() * 30), round(36 + chance.next() * 24)];

const featureId = (chance: Chance) => `0x${chance.hex(16)}:0x${chance.hex(16)}`;

function place(subject: Subject, chance: Chance) {
  const name = chance.pick(subject.words.topics);
  return { name, address: `${chance.between(1, 99)} Example Street`, country_code: subject.account.accountCountry };
}

type Properties = (at: number, chance: Chance) => Record<string, unknown>;

/** A GeoJSON feature collection of what happened, none when nothing did. */
function features(subject: Subject, file: string, properties: Properties): Files {
  const list = happenings(subject, subject.resource, [0, 1])
    .reverse()
    .map(({ at, chance }) => ({
      geometry: { coordinates: coordinates(chance), type: 'Point' },
      properties: properties(at, chance),
      type: 'Feature',
    }));
  return list.length === 0 ? [] : [jsonFile(`${file}.json`, { type: 'FeatureCollection', features: list })];
}

/** Resources of which only "JSON" is known: a list of entries with time and place. */
function entries(subject: Subject, file: string, more: (chance: Chance) => Record<string, unknown>): Files {
  const list = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => ({
    creationTime: new Date(at).toISOString(),
    ...more(chance),
  }));
  return list.length === 0 ? [] : [jsonFile(`${file}.json`, list)];
}

function photos(subject: Subject, folder: string): Files {
  const { seed, account, settings, resource, calendar } = subject;
  return Array.from({ length: settings.mediaFiles }, (_, number) => number).flatMap((number) => {
    const chance = chanceOf(subject, resource, 'upload', number);
    const takenAt = new Date(calendar.startOf(account.activeSinceDay) + number * 60_000).toISOString();
    const path = `${folder}/${takenAt.slice(0, 10)}-${number + 1}.jpg`;
    const [longitude, latitude] = coordinates(chance);
    const facts = {
      title: chance.pick(subject.words.topics),
      description: '',
      creationTime: { timestamp: takenAt },
      photoTakenTime: { timestamp: takenAt },
      geoDataExif: { latitude, longitude },
      url: `https://lh3.googleusercontent.com/p/${chance.letters(20)}`,
    };
    const content = mediaContent([seed, account.accountId, resource, number].join('/'), settings.mediaBytes);
    return [{ path, content }, jsonFile(`${path}.json`, facts)];
  });
}

const makers: Record<string, (subject: Subject) => Files> = {
  'maps.starred_places': (subject) =>
    features(subject, subject.words.files.savedPlaces, (at, chance) => ({
      date: new Date(at).toISOString(),
      google_maps_url: `http://maps.google.com/?cid=${chance.between(1e9, 9e9)}`,
      ...(chance.happens(0.8) && { location: place(subject, chance) }),
      ...(chance.happens(0.1) && { Comment: 'No location information is available for this saved place' }),
    })),
  'maps.aliased_places': (subject) =>
    features(subject, subject.words.files.labeledPlaces, (_at, chance) => ({
      name: chance.pick(subject.words.topics),
      address: place(subject, chance).address,
    })),
  'maps.reviews': (subject) =>
    features(subject, subject.words.files.reviews, (at, chance) => ({
      date: new Date(at).toISOString(),
      google_maps_url: `https://www.google.com/maps/place//data=!4m2!3m1!1s${featureId(chance)}`,
      five_star_rating_published: chance.between(1, 5),
      ...(chance.happens(0.7) && { review_text_published: chance.pick(subject.words.topics) }),
      location: place(subject, chance),
      ...(chance.happens(0.3) && { questions: [{ question: 'Service', rating: chance.between(1, 5) }] }),
    })),
  'maps.photos_videos': (subject) => photos(subject, 'Photos and videos'),
  'maps.commute_routes': (subject) =>
    entries(subject, 'Commute routes', (chance) => ({
      travelMode: chance.pick(['DRIVE', 'TRANSIT', 'BICYCLE']),
      places: [coordinates(chance), coordinates(chance)],
    })),
  'maps.questions_answers': (subject) =>
    entries(subject, 'Questions and answers', (chance) => ({
      question: chance.pick(subject.words.topics),
      place: place(subject, chance),
    })),
  'maps.factual_contributions': (subject) =>
    entries(subject, 'Factual contributions', (chance) => ({ place: place(subject, chance), state: 'ACCEPTED' })),
  'maps.offering_contributions': (subject) =>
    entries(subject, 'Offering contributions', (chance) => ({ place: place(subject, chance) })),
  'maps.commute_settings': () => [
    jsonFile('Commute settings.json', { travelMode: 'BICYCLE', days: ['MONDAY', 'FRIDAY'] }),
  ],
  'maps.ev_profile': () => [jsonFile('EV profile.json', { connectorTypes: ['CCS_COMBO_2'] })],
  'maps.vehicle_profile': () => [jsonFile('Vehicle profile.json', { engineType: 'ELECTRIC', modelYear: 2021 })],
};

/** Places one keeps, and contributions one makes, lie in two folders. */
const ownPlaces = new Set(['maps.starred_places', 'maps.reviews', 'maps.aliased_places']);

export const maps: Producer = (subject) => ({
  service: 'MAPS',
  folder: ownPlaces.has(subject.resource) ? subject.words.folders.maps : subject.words.folders.mapsContributions,
  files: makers[subject.resource]?.(subject) ?? [],
});

export const streetview: Producer = (subject) => ({
  service: 'STREET_VIEW',
  folder: 'Street View',
  files: photos(subject, 'Street View uploads'),
});
