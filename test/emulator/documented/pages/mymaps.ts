/** G/schema-reference/mymaps, last updated 2025-07-25: a KMZ holds `doc.kml` and the directory `images`. */
import { Parser } from 'htmlparser2';
import { unzip } from '../../archive-reader';
import { media, type Check, type DocumentedResource } from '../documented';

/** OGC KML 2.2 as far as a map needs it: the order of nesting, and coordinates as longitude, latitude, altitude. */
function kmlProblems(kml: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const seen = new Set<string>();
  const parser = new Parser(
    {
      onopentag: (name, { xmlns }) => {
        const path = [...open, name].join('/');
        open.push(name);
        seen.add(name);
        if (open.length === 1 && (name !== 'kml' || xmlns !== 'http://www.opengis.net/kml/2.2'))
          problems.push(`has the root ${name} of ${xmlns}`);
        if (name === 'Placemark' && path !== 'kml/Document/Folder/Placemark') problems.push(`has ${path}`);
      },
      ontext: (content) => {
        if (open.at(-1) === 'coordinates' && !/^(-?\d+\.\d+,-?\d+\.\d+,\d+ ?)+$/.test(content))
          problems.push(`has the coordinates ${content}`);
      },
      onclosetag: (_name, isImplied) => {
        if (isImplied) problems.push(`leaves ${open.at(-1)} open`);
        open.pop();
      },
    },
    { xmlMode: true },
  );
  parser.end(kml);
  const lacking = ['Document', 'Folder', 'Placemark', 'coordinates'].filter((name) => !seen.has(name));
  return [...problems, ...lacking.map((name) => `has no ${name}`)];
}

const kmz: Check = async (bytes, context) => {
  const entries = await unzip(bytes);
  const kml = entries.get('doc.kml');
  if (kml === undefined) return [`holds ${[...entries.keys()].join()} and no doc.kml`];
  entries.delete('doc.kml');
  const strange = [...entries.keys()].filter((name) => !name.startsWith('images/'));
  const linked = [...kml.toString().matchAll(/<href>([^<]+)<\/href>/g)].map(([, href]) => href ?? '');
  const pictures: string[] = [];
  for (const [path, picture] of entries) pictures.push(...(await media(picture, { ...context, path })));
  return [
    ...kmlProblems(kml.toString()),
    ...strange.map((name) => `holds ${name}`),
    ...linked.filter((href) => !entries.has(href)).map((href) => `refers to ${href}, which is not there`),
    ...pictures,
  ];
};

export const myMaps: DocumentedResource[] = [
  {
    resource: 'mymaps.maps',
    page: 'mymaps',
    read: 'whole',
    fields: 'page',
    files: [{ name: '*.kmz', path: /^[^/]+\.kmz$/, check: kmz }],
  },
];
