/** Readers on small files of documented shapes that the emulator does not make. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { CsvFile } from '../../../src/records/formats/csv-file';
import { instantOfNumber, instantOfText } from '../../../src/records/formats/instant';
import { dataOf, readFile } from '../fixtures';

const block = (body: string, caption: string) =>
  '<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell"><p class="mdl-typography--title">YouTube<br></p></div>' +
  `<div class="content-cell mdl-typography--body-1">${body}</div><div class="content-cell mdl-typography--body-1 mdl-typography--text-right"></div>` +
  `<div class="content-cell mdl-typography--caption">${caption}</div></div></div>`;

describe('My Activity as HTML', () => {
  it('reads like the JSON form, its time by the table of the language', async () => {
    const body =
      'Gesucht nach:&nbsp;<a href="https://www.youtube.com/watch?v=abc">Köln</a><br><a href="https://www.youtube.com/channel/UC1">Ein Kanal</a><br>27.08.2026, 20:04:54 MESZ';
    const caption =
      '<b>Produkte:</b><br>&emsp;YouTube<br><b>Orte:</b><br> In <a href="https://www.google.com/maps/@?api=1&amp;center=1,2">diesem Gebiet</a> - Vom Gerät<br><b>Warum?</b><br> Web- &amp; App-Aktivitäten';
    const { summary, records } = await readFile(
      'myactivity.youtube',
      'Meine Aktivitäten/YouTube/MeineAktivitäten.html',
      `<html>${block(body, caption)}</html>`,
    );
    expect(summary).toMatchObject({ verdict: 'complete', notices: [] });
    expect(records).toHaveLength(1);
    expect(records[0]?.occurredAt).toBe('2026-08-27T18:04:54.000Z');
    expect(records[0]?.data).toEqual({
      header: 'YouTube',
      title: 'Gesucht nach: Köln',
      titleUrl: 'https://www.youtube.com/watch?v=abc',
      subtitles: [{ name: 'Ein Kanal', url: 'https://www.youtube.com/channel/UC1' }],
      time: '27.08.2026, 20:04:54 MESZ',
      products: ['YouTube'],
      locationInfos: [
        { name: 'In diesem Gebiet', url: 'https://www.google.com/maps/@?api=1&center=1,2', source: 'Vom Gerät' },
      ],
      activityControls: ['Web- & App-Aktivitäten'],
    });
  });

  it('keeps a time that no table covers as text, with a notice', async () => {
    const page = block('Something<br>den 3. ukjent 2026 kl. 12', '<b>P:</b><br>YouTube');
    const { summary, records } = await readFile('myactivity.youtube', 'x/MyActivity.html', `<html>${page}</html>`);
    expect(records[0]?.occurredAt).toBeUndefined();
    expect(records[0]?.data['time']).toBe('den 3. ukjent 2026 kl. 12');
    expect(summary.noticeCounts).toEqual({ time_as_text: 1, no_times: 1 });
  });
});

describe('times', () => {
  it.each([
    ['Aug 17, 2026, 1:14:48 PM CEST', '2026-08-17T11:14:48.000Z'],
    ['15 jun 2026, 20:30:41 CEST', '2026-06-15T18:30:41.000Z'],
    ['17. Aug. 2026, 09:05:00 UTC', '2026-08-17T09:05:00.000Z'],
    ['27.08.2026, 20:04:54 MESZ', '2026-08-27T18:04:54.000Z'],
    ['2026年7月30日 00:23:06 CEST', '2026-07-29T22:23:06.000Z'],
    ['23\u200f/07\u200f/2026\u060c 4:20:22 م CEST', '2026-07-23T14:20:22.000Z'],
    ['2026-01-01T12:00:00+05:30', '2026-01-01T06:30:00Z'],
    ['2026-01-01 12:00:00 UTC', '2026-01-01T12:00:00Z'],
  ])('%s is an instant', (text, expected) => {
    expect(instantOfText(text, undefined)).toBe(expected);
  });

  it('that could be two things, or have no zone, are none', () => {
    for (const text of [
      '07/08/2026, 13:14:48 UTC',
      '27.08.2026, 20:04:54',
      'Aug 17, 2026, 1:14:48 PM IST',
      '31.02.2026, 1:00:00 UTC',
    ]) {
      expect([text, instantOfText(text, undefined)]).toEqual([text, undefined]);
    }
    expect(instantOfText('07/08/2026, 13:14:48 UTC', 'nl')).toBe('2026-08-07T13:14:48.000Z');
  });

  it('as numbers are distinguished by their length', () => {
    expect(instantOfNumber('1770000000')).toBe('2026-02-02T02:40:00.000Z');
    expect(instantOfNumber('1770000000123')).toBe('2026-02-02T02:40:00.123Z');
    expect(instantOfNumber('1770000000123456')).toBe('2026-02-02T02:40:00.123456Z');
    expect(instantOfNumber('12')).toBeUndefined();
    // Seconds and milliseconds since 1601, which would be taken for those of the years after 2286.
    expect(instantOfNumber('13414473600')).toBeUndefined();
    expect(instantOfNumber('13414473600000')).toBeUndefined();
  });
});

describe('shapes that occur', () => {
  it('reviews have their keys below properties, or on the feature', async () => {
    const facts = { date: '2026-01-01T00:00:00Z', five_star_rating_published: 4 };
    const features = [
      { type: 'Feature', properties: facts },
      { type: 'Feature', ...facts },
    ];
    const { records } = await readFile(
      'maps.reviews',
      'Maps/Reviews.json',
      JSON.stringify({ type: 'FeatureCollection', features }),
    );
    expect(dataOf(records)[0]).toEqual(dataOf(records)[1]);
    // Equal twins stay two.
    expect(records.map(({ key }) => key)).toEqual([records[0]?.key, `${String(records[0]?.key)}-2`]);
  });

  it('comments hold JSON of two forms, or plain text', async () => {
    const cells = [
      '{"takeoutSegments":[{"text":"a"},{"text":"b"}]}',
      '{"text":"ab"}',
      '{"text":"a"},{"text":"b"}',
      'ab',
      '{ab',
    ];
    const rows = cells.map((cell, at) => `c${at},UCx,"${cell.replaceAll('"', '""')}"`);
    const csv = `comment id , CHANNEL ID,Comment  Text\n${rows.join('\n')}\n`;
    const { summary, records } = await readFile('youtube.comments', 'YouTube/comments.csv', csv);
    expect(summary.verdict).toBe('complete');
    expect(records.map(({ data }) => data['text'])).toEqual(['ab', 'ab', 'ab', 'ab', '{ab']);
  });

  it('D50: columns with headers in an unknown language are known by their form, with a notice', async () => {
    const csv = 'Kanavan tunnus,Osoite,Nimi\nUCaaaaaaaaaaaaaaaaaaaaaa,http://www.youtube.com/channel/UCa,Leipä\n';
    const { summary, records } = await readFile('youtube.subscriptions', 'YouTube/tilaukset.csv', csv);
    expect(dataOf(records)).toEqual([
      {
        channelId: 'UCaaaaaaaaaaaaaaaaaaaaaa',
        channelUrl: 'http://www.youtube.com/channel/UCa',
        channelTitle: 'Leipä',
      },
    ]);
    expect(summary.noticeCounts).toEqual({ columns_by_position: 1 });
  });

  it('D52: a new file of a known resource is described and reported, not ignored', async () => {
    const { summary, records } = await readFile('chrome.history', 'Chrome/New.json', '{"a": 1}');
    expect(summary).toMatchObject({
      verdict: 'partial',
      problemCounts: { unrecognised: 1 },
      noticeCounts: { drift: 1 },
    });
    expect(records).toMatchObject([
      { kind: 'file', data: { path: 'New.json', bytes: 8, mediaType: 'application/json' } },
    ]);
  });
});

describe('CSV', () => {
  it('is read as another reader of RFC 4180 reads it, however it is cut into pieces', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'ä', '=', ' '), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), (rows, piece, lineBreak) => {
        const text = rows
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',') + lineBreak)
          .join('');
        const cellRows: string[][] = [];
        const reader = new CsvFile(
          {
            row: (cells) => cellRows.push(cells),
            fault: (kind) => {
              throw new Error(kind);
            },
          },
          { rowLength: 1_000 },
        );
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += piece) reader.write(bytes.subarray(at, at + piece));
        reader.end();
        expect(cellRows).toEqual(parse(text, { relax_column_count: true }));
      }),
      { numRuns: 300 },
    );
  });
});
