/** Photos and videos posted to Maps, by the summary of the page `maps` and real files (docs/google-api.md §A7). */
import { coordinates } from './maps-places';
import { mediaFile } from './media-file';
import { jsonFile, type ServiceFolder } from './produce';
import type { Chance } from './random';
import { chanceOf, type Subject } from './subject';
import { iso, seconds } from './times';

const folder = 'Photos and videos';

/** Zeros where the position of the media file is unknown. */
function place(chance: Chance): Record<string, number> {
  if (chance.happens(0.3)) return { latitude: 0, longitude: 0, altitude: 0 };
  const [longitude, latitude] = coordinates(chance);
  return { latitude, longitude, altitude: chance.between(0, 900) / 2 };
}

/**
 * Each media file has a JSON file next to it, named by its whole name or without its ending. Only `title` leads from
 * the facts to the media file with certainty.
 */
export function photosAndVideos(subject: Subject): ServiceFolder['files'] {
  const { account, settings, resource, calendar } = subject;
  return Array.from({ length: settings.mediaFiles }, (_, number) => number).flatMap((number) => {
    const chance = chanceOf(subject, resource, 'upload', number);
    const takenAt = calendar.startOf(account.activeSinceDay) + number * 60_000;
    const format = chance.pick(['jpg', 'jpg', 'png', 'mp4'] as const);
    const stem = `${iso(takenAt).slice(0, 10)}-${number + 1}`;
    const title = `${stem}.${format}`;
    const facts = {
      title,
      description: chance.happens(0.3) ? chance.pick(subject.words.topics) : '',
      imageViews: String(chance.between(0, 900)),
      creationTime: { timestamp: seconds(takenAt + 3_600_000) },
      photoTakenTime: { timestamp: seconds(takenAt) },
      geoData: place(chance),
      geoDataExif: place(chance),
      url: `https://lh3.googleusercontent.com/p/${chance.letters(20)}`,
    };
    const sidecar = chance.happens(0.5) ? title : stem;
    return [mediaFile(subject, `${folder}/${title}`, format, number), jsonFile(`${folder}/${sidecar}.json`, facts)];
  });
}
