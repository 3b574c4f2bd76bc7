/** Street View, by the page `streetview` (docs/google-api.md §A9): videos, 360° pictures, and the sensors' track. */
import { mediaFile } from './media-file';
import { jsonFile, type Producer } from './produce';
import { chanceOf, type Subject } from './subject';
import { iso } from './times';

/** The person's track, one point per second. The altitude is written only where it is known. */
function track(subject: Subject, number: number): { gps_track: Record<string, unknown>[] } {
  const chance = chanceOf(subject, subject.resource, 'track', number);
  const start = subject.calendar.startOf(subject.account.activeSinceDay) + number * 3_600_000;
  const [latitude, longitude] = [36 + chance.next() * 24, -10 + chance.next() * 30];
  const points = Array.from({ length: chance.between(5, 20) }, (_, index) => ({
    latitude: latitude + index * 1e-4,
    longitude: longitude + index * 1e-4,
    ...(chance.happens(0.8) && { altitude: chance.between(0, 900) / 2 }),
    capture_time: iso(start + index * 1000),
  }));
  return { gps_track: points };
}

export const streetView: Producer = (subject) => ({
  service: 'STREET_VIEW',
  folder: 'Street View',
  files: Array.from({ length: subject.settings.mediaFiles }, (_, number) => number).flatMap((number) => {
    const media =
      number % 2 === 0
        ? mediaFile(subject, `Uploaded 360 images/${number + 1}.jpg`, 'jpg', number)
        : mediaFile(subject, `Videos/${number + 1}.mp4`, 'mp4', number);
    return [media, jsonFile(`Sensor data/${number + 1}.json`, track(subject, number))];
  }),
});
