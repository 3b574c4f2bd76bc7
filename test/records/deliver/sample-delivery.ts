/** A delivery of several kinds, with records that change and go, for the tests of formats and files. */
import { changesOf } from '../../../src/records/deliver/deliver-records';
import type { Delivery } from '../../../src/records/deliver/line';
import { memoryStore, readFile } from '../fixtures';

const head = 'Comment ID,Channel ID,Comment Create Timestamp,Comment Text\n';
const comment = (id: string, text: string, time = '2026-01-01T10:00:00Z') =>
  `${id},UCaaaaaaaaaaaaaaaaaaaaaa,${time},"${text}"\n`;

const place = (name: string, more: object = {}) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [4.9, 52.37] },
  properties: { date: '2026-01-02T10:00:00Z', google_maps_url: 'https://maps.example/1', location: { name, ...more } },
});

/** Two exports of comments, one of places. */
export async function sampleDelivery(): Promise<Delivery[]> {
  const store = memoryStore();
  const read = (folder: string, rows: readonly string[], previousFolder?: string) =>
    readFile(
      'youtube.comments',
      'YouTube/comments.csv',
      head + rows.join(''),
      {
        ...{ folder, exportId: `exp_${folder}` },
        ...(previousFolder !== undefined && { previousFolder }),
      },
      store,
    );
  const others = ['@b, ""quoted""', 'c\nof two lines', "'d", 'é 日本 😀', '-5'].map((text, index) =>
    comment(`x${index}`, text),
  );
  await read('1', [comment('a', '=1+1'), comment('b', 'two'), ...others]);
  await read('2', [comment('a', '=1+1, changed'), comment('c', 'no time', 'long ago'), ...others], '1');
  const places = {
    type: 'FeatureCollection',
    features: [place('Dam'), place(''), place('Spui', { address: 'Spui 1', more: [1, { two: null }] })],
  };
  await readFile(
    'maps.starred_places',
    'Maps/Saved Places.json',
    JSON.stringify(places),
    { folder: '3', exportId: 'exp_3' },
    store,
  );
  const lines: Delivery[] = [];
  const exports = ['1', '2', '3'].map((folder) => ({ exportId: `exp_${folder}`, folder }));
  for await (const line of changesOf(store, exports)) lines.push(line);
  return lines;
}

/**
 * The content of `data` in a row of typed columns: its paths, and the rest as JSON.
 *
 * @param holds whether a cell has a value
 */
export function dataOfRow(row: Readonly<Record<string, unknown>>, textOf = (value: unknown) => value): object {
  const rest = row['rest'];
  const data = (typeof rest === 'string' && rest !== '' ? JSON.parse(rest) : {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(row)) {
    if (!name.startsWith('data.') || value === null || value === undefined) continue;
    const path = name.split('.').slice(1);
    let at = data;
    for (const each of path.slice(0, -1)) at = (at[each] ??= {}) as Record<string, unknown>;
    at[path.at(-1) ?? ''] = textOf(value);
  }
  return data;
}
