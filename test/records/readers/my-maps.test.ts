/** Maps that the person made: a KML within a KMZ, with bounds. */
import { ZipFile } from 'yazl';

import { zipOf } from '../../archive/zip';
import { dataOf, readFile, readZips } from '../fixtures';

const kml = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n<name>Walks &amp; rides</name>\n<description>Around <![CDATA[<b>Cork</b>]]></description>\n${body}</Document>\n</kml>\n`;
const style =
  '<Style id="icon-1-normal"><IconStyle><color>ff0000ff</color><Icon><href>images/icon-1.png</href></Icon></IconStyle></Style>' +
  '<StyleMap id="icon-1"><Pair><key>normal</key><styleUrl>#icon-1-normal</styleUrl></Pair><Pair><key>highlight</key><styleUrl>#other</styleUrl></Pair></StyleMap>';
const point = (name: string) =>
  `<Placemark><name>${name}</name><Point><coordinates>\n -8.47,51.89,0\n</coordinates></Point></Placemark>`;

/** A ZIP without the folder that archives have, as a KMZ is. */
async function kmzOf(members: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
const read = async (members: Readonly<Record<string, string | Buffer>>) =>
  readFile('mymaps.maps', 'My Maps/Walks.kmz', await kmzOf(members));

describe('a map', () => {
  it('is a record, and each of its features is one, with layer, place and style', async () => {
    const body =
      `${style}<Folder><name>Hills</name><Placemark><name>Top</name><description><![CDATA[<i>windy</i>]]></description>` +
      '<styleUrl>#icon-1</styleUrl><ExtendedData><Data name="height"><value>407 m</value></Data><Data name="empty"><value></value></Data></ExtendedData>' +
      '<Point><coordinates>-8.47,51.89,0</coordinates></Point></Placemark>' +
      '<Placemark><name>Ridge</name><LineString><tessellate>1</tessellate><coordinates>1,2 3,4</coordinates></LineString></Placemark></Folder>' +
      '<Folder><name>Areas</name><Placemark><name>Wood</name><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing></outerBoundaryIs>' +
      '<innerBoundaryIs><LinearRing><coordinates>.1,0 0,1 1,1</coordinates></LinearRing></innerBoundaryIs></Polygon></Placemark>' +
      '<Placemark><name>No place</name></Placemark></Folder>';
    const { summary, records } = await read({ 'doc.kml': kml(body.replace('.1,0', '0.1,0')) });
    expect([summary.verdict, summary.problemCounts, summary.noticeCounts]).toEqual(['complete', {}, {}]);
    expect(records.map(({ kind }) => kind)).toEqual(['own_map', ...Array<string>(4).fill('map_feature')]);
    const map = 'Walks & rides';
    const look = { IconStyle: { color: 'ff0000ff', Icon: { href: 'images/icon-1.png' } } };
    expect(dataOf(records)).toEqual([
      { name: map, description: 'Around <b>Cork</b>', file: 'Walks' },
      {
        ...{ map, layers: ['Hills'], name: 'Top', description: '<i>windy</i>', styleUrl: '#icon-1', style: look },
        ...{ extendedData: { height: '407 m' }, geometry: { type: 'Point', coordinates: [-8.47, 51.89, 0] } },
      },
      {
        ...{ map, layers: ['Hills'], name: 'Ridge' },
        geometry: {
          type: 'LineString',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
      },
      { map, layers: ['Areas'], name: 'Wood', geometry: expect.objectContaining({ type: 'Polygon' }) as unknown },
      { map, layers: ['Areas'], name: 'No place' },
    ]);
    expect((dataOf(records)[3]?.['geometry'] as { coordinates: unknown[] }).coordinates).toHaveLength(2);
  });

  it('without features is still a record, and pictures of icons are in the described file', async () => {
    const { summary, records } = await read({ 'doc.kml': kml(''), 'images/icon-1.png': Buffer.from('\x89PNG') });
    expect(summary.verdict).toBe('complete');
    expect(records.map(({ kind }) => kind).toSorted()).toEqual(['file', 'own_map']);
    expect(dataOf(records)).toContainEqual(
      expect.objectContaining({ mediaType: 'application/zip', path: 'Walks.kmz' }),
    );
  });

  it('that is no KMZ but the KML itself is read alike', async () => {
    const { records } = await readFile('mymaps.maps', 'My Maps/Walks.kml', kml(point('a')));
    const { records: others } = await read({ 'doc.kml': kml(point('a')) });
    expect(dataOf(records)).toEqual(dataOf(others));
    expect(records.map(({ key }) => key)).toEqual(others.map(({ key }) => key));
  });

  it('has unknown elements reported, and kept', async () => {
    const { summary, records } = await read({
      'doc.kml': kml('<Placemark><name>a</name><Weather><rain>much</rain></Weather></Placemark>'),
    });
    expect(summary.noticeCounts).toEqual({ drift: 1 });
    expect(records[1]?.data).toMatchObject({ others: { Weather: { rain: 'much' } } });
  });

  it('with coordinates that are none has a problem, and the feature without a place', async () => {
    const { summary, records } = await read({
      'doc.kml': kml('<Placemark><name>a</name><Point><coordinates>here</coordinates></Point></Placemark>'),
    });
    expect(summary.problemCounts).toEqual({ unexpected_entry: 1 });
    expect(dataOf(records)[1]).toEqual({ map: 'Walks & rides', name: 'a' });
  });
});

describe('hostile or broken maps', () => {
  it('that declare entities are refused, and expand nothing', async () => {
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' +
      `<kml><Document><name>&b;</name>${point('&b;')}</Document></kml>`;
    const { summary, records } = await read({ 'doc.kml': bomb });
    expect([summary.verdict, summary.problemCounts, records]).toEqual(['partial', { syntax: 1 }, []]);
  });

  it('that nest without end are refused', async () => {
    const { summary } = await read({ 'doc.kml': kml(`${'<Folder>'.repeat(100)}${'</Folder>'.repeat(100)}`) });
    expect(summary.problemCounts).toEqual({ syntax: 1 });
  });

  it('that unpack to far more than they are pass a limit, and are delivered as they are', async () => {
    const { summary, records } = await read({ 'doc.kml': kml(point(' '.repeat(8 * 1024 * 1024))) });
    expect(summary.problemCounts).toEqual({ limit_exceeded: 1 });
    expect(records.map(({ kind }) => kind)).toContain('file');
  });

  it('with more members than allowed are delivered as they are', async () => {
    const icons = Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`images/${at}.png`, 'x']));
    const { summary, records } = await read({ 'doc.kml': kml(point('a')), ...icons });
    expect([summary.problemCounts, records.map(({ kind }) => kind)]).toEqual([{ limit_exceeded: 1 }, ['file']]);
  });

  it('that are cut keep the features before the cut', async () => {
    const whole = kml(point('a') + point('b'));
    const { summary, records } = await read({ 'doc.kml': whole.slice(0, whole.indexOf('<name>b')) });
    expect(summary.problemCounts).toEqual({ truncated: 1 });
    expect(records.map(({ data }) => data['name'])).toEqual(['Walks & rides', 'a']);
  });

  it('that are no ZIP, or hold no map, are delivered as they are with a problem', async () => {
    const damaged = (await kmzOf({ 'doc.kml': kml(point('a')) })).subarray(0, 60);
    const zip = await zipOf([{ name: 'Portability/My Maps/a.kmz', content: damaged }]);
    const broken = await readZips([zip], { resources: ['mymaps.maps'] });
    expect([broken.summary.problemCounts, broken.records.map(({ kind }) => kind)]).toEqual([
      { not_a_zip: 1 },
      ['file'],
    ]);
    const { summary, records } = await read({ 'readme.md': 'nothing' });
    expect([summary.problemCounts, records.map(({ kind }) => kind)]).toEqual([{ unrecognised: 1 }, ['file']]);
  });
});
