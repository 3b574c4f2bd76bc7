/** My Maps, by the page `mymaps` (docs/google-api.md §A9): one KMZ per map, with `doc.kml` and the own icons. */
import { bytesContent } from '../content';
import type { Producer, ServiceFolder } from './produce';
import type { Chance } from './random';
import { happenings, type Happening, type Subject } from './subject';
import { zipBytes } from './zip-bytes';

const icon = 'images/icon-1.png';
/** A PNG of one pixel. */
const iconBytes = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const point = (chance: Chance) => `${(-10 + chance.next() * 30).toFixed(7)},${(36 + chance.next() * 24).toFixed(7)},0`;

function placemark(subject: Subject, chance: Chance): string {
  const name = escaped(chance.pick(subject.words.topics));
  const shape = chance.happens(0.3)
    ? `<LineString><coordinates>${point(chance)} ${point(chance)}</coordinates></LineString>`
    : `<Point><coordinates>${point(chance)}</coordinates></Point>`;
  return `<Placemark><name>${name}</name><styleUrl>#icon</styleUrl>${shape}</Placemark>`;
}

function layer(subject: Subject, chance: Chance): string {
  const marks = Array.from({ length: chance.between(1, 5) }, () => placemark(subject, chance));
  return `<Folder><name>${escaped(chance.pick(subject.words.topics))}</name>${marks.join('')}</Folder>`;
}

function map(subject: Subject, { at, chance }: Happening): ServiceFolder['files'][number] {
  const name = `${chance.pick(subject.words.topics)} ${chance.letters(3)}`;
  const layers = Array.from({ length: chance.between(1, 3) }, () => layer(subject, chance));
  const style = `<Style id="icon"><IconStyle><Icon><href>${icon}</href></Icon></IconStyle></Style>`;
  const document = `<Document><name>${escaped(name)}</name>${style}${layers.join('')}</Document>`;
  const kml = `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">${document}</kml>\n`;
  const files = [
    { name: 'doc.kml', bytes: Buffer.from(kml) },
    { name: icon, bytes: iconBytes },
  ];
  return { path: `${name.replaceAll(/["/]/g, '')}.kmz`, content: bytesContent(zipBytes(files, new Date(at))) };
}

export const myMaps: Producer = (subject) => ({
  service: 'MY_MAPS',
  folder: 'My Maps',
  files: happenings(subject, subject.resource, [0, 1])
    .slice(0, 5)
    .map((happening) => map(subject, happening)),
});
