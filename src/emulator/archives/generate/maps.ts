/** Maps and contributions to it (docs/google-api.md §A7). */
import { photosAndVideos } from './maps-photos';
import { coordinates, labelledPlaces, reviews, starredPlaces } from './maps-places';
import { jsonFile, type Producer, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { happenings, type Subject } from './subject';
import { iso } from './times';
import { undocumented } from './undocumented';

type Files = ServiceFolder['files'];

function visit(chance: Chance): Record<string, unknown> {
  const [longitude, latitude] = coordinates(chance);
  return { place: { lat_lng: { latitude, longitude } } };
}

/** Trips without times, as in real files. */
function commuteRoutes(subject: Subject): Files {
  const trips = happenings(subject, subject.resource, [0, 1]).map(({ chance }) => ({
    id: chance.hex(16),
    place_visit: [visit(chance), visit(chance)],
    transition: [{ route: { travel_mode: chance.pick(['DRIVE', 'TRANSIT', 'BICYCLE']) } }],
  }));
  return trips.length === 0 ? [] : [jsonFile('Commute routes/Commute routes.json', { trips })];
}

const dishes = 'Added dishes, products, activities';

function offerings(subject: Subject): Files {
  const contributions = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => ({
    photo_url: `https://lh3.googleusercontent.com/p/${chance.letters(20)}`,
    text: chance.pick(subject.words.topics),
    created: iso(at),
  }));
  return contributions.length === 0 ? [] : [jsonFile(`${dishes}/${dishes}.json`, { contributions })];
}

/**
 * One file per contribution, named by its time. The page's summary lists edits, geocodes and a time, without fields.
 */
function facts(subject: Subject): Files {
  return happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => {
    const [longitude, latitude] = coordinates(chance);
    const folder = chance.pick(['Suggested edits to business establishments', 'Answers to automated questions']);
    const edit = undocumented(chance.pick(subject.words.topics));
    return jsonFile(`${folder}/${at}.json`, { edit, geocode: { latitude, longitude }, created: iso(at) });
  });
}

/** Of the fields only `answers` has been seen. */
function questions(subject: Subject): Files {
  const answers = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => ({
    answer: undocumented(chance.pick(subject.words.topics)),
    created: iso(at),
  }));
  const name = 'Questions and Answers';
  return answers.length === 0 ? [] : [jsonFile(`${name}/${name}.json`, { questions: [], answers })];
}

const makers: Record<string, (subject: Subject) => Files> = {
  'maps.starred_places': starredPlaces,
  'maps.reviews': reviews,
  'maps.aliased_places': labelledPlaces,
  'maps.photos_videos': photosAndVideos,
  'maps.commute_routes': commuteRoutes,
  'maps.questions_answers': questions,
  'maps.factual_contributions': facts,
  'maps.offering_contributions': offerings,
  'maps.commute_settings': () => [
    jsonFile('Commute settings/Commute settings.json', { preferredMode: undocumented('bicycle') }),
  ],
  'maps.ev_profile': () => [
    jsonFile('Electric vehicle settings/Electric vehicle settings.json', { connectors: [undocumented('CCS 2')] }),
  ],
  'maps.vehicle_profile': () => [
    jsonFile('Vehicle profile/Vehicle profile.json', { make: undocumented('Example'), model: undocumented('E-1') }),
  ],
};

/** The page `local_actions` is about "Maps (your places)", the page `maps` about all other data. */
const yourPlaces = new Set(['maps.starred_places', 'maps.reviews']);

export const maps: Producer = (subject) => ({
  service: 'MAPS',
  folder: yourPlaces.has(subject.resource) ? subject.words.folders.maps : subject.words.folders.mapsContributions,
  files: makers[subject.resource]?.(subject) ?? [],
});
