/** Columns with headers in an unknown language, or partly: identified by form and order where that is sure. */
import { manifestOf, serviceOf, zipOf } from '../../archive/zip';
import { dataOf, readFile, readZips } from '../fixtures';

const channel = `UC${'a'.repeat(22)}`;
const at = (day: number) => `2026-01-0${day}T10:00:00+00:00`;
const csv = (rows: readonly string[]) => rows.map((row) => `${row}\n`).join('');
const kindsIn = (records: readonly { kind: string }[]) => records.map(({ kind }) => kind);
const readComments = (header: string, rows: readonly string[]) =>
  readFile('youtube.comments', 'YouTube/reacties.csv', csv([header, ...rows]));
const words = (text: string) => `"{""text"":""${text}""}"`;
const six = [1, 2].map((day) => `Ug${day},${channel},${at(day)},0,aaaaaaaaaa${day},${words(`comment ${day}`)}`);
const first = {
  ...{ commentId: 'Ug1', channelId: channel, commentCreateTimestamp: at(1), price: '0', videoId: 'aaaaaaaaaa1' },
  ...{ commentText: '{"text":"comment 1"}', text: 'comment 1' },
};

describe('comments of six columns', () => {
  it.each([
    ['English', 'Comment ID,Channel ID,Comment Create Timestamp,Price,Video ID,Comment Text'],
    ['Dutch', 'Reactie-ID,Kanaal-ID,Aanmaaktijdstempel reactie,Prijs,Video-ID,Reactietekst'],
    [
      'Spanish',
      'ID de comentario,ID de canal,Marca de tiempo de creación del comentario,Precio,ID de vídeo,Texto del comentario',
    ],
    [
      'Romanian',
      'ID-ul comentariului,ID-ul canalului,Marcajul temporal de creare a comentariului,Preț,ID-ul videoclipului,Textul comentariului',
    ],
  ])('are read by their headers in %s', async (_language, header) => {
    const { summary, records } = await readComments(header, six);
    expect([summary.verdict, summary.noticeCounts]).toEqual(['complete', {}]);
    expect(records.map(({ occurredAt }) => occurredAt)).toEqual(['2026-01-01T10:00:00Z', '2026-01-02T10:00:00Z']);
    expect(records[0]?.data).toEqual(first);
  });

  it.each([
    ['no header is known', 'Komentaro ID,Kanalo ID,Sukūrimo laiko žymė,Kaina,Vaizdo įrašo ID,Komentuoti tekstą'],
    ['one header is known', 'Komentaro ID,Kanaal-ID,Sukūrimo laiko žymė,Kaina,Vaizdo įrašo ID,Komentuoti tekstą'],
    ['the time is not known', 'Reactie-ID,Kanaal-ID,Tijd van reactie,Prijs,Video-ID,Reactietekst'],
    ['an English header was changed', 'Comment ID,Channel ID,Comment Time,Price,Video ID,Comment Text'],
  ])('are read where %s', async (_what, header) => {
    const { summary, records } = await readComments(header, [...six, `Ug3,${channel},${at(3)},0,,plain`]);
    expect([summary.verdict, summary.noticeCounts]).toEqual(['complete', { columns_by_position: 1 }]);
    expect(dataOf(records)).toHaveLength(3);
    expect(records[0]?.data).toEqual(first);
  });

  it.each([
    ['the ids are of no channel', six.map((row) => row.replace(channel, 'someone'))],
    ['a time is none', [...six, `Ug3,${channel},lately,0,aaaaaaaaaa3,x`]],
  ])('are not identified by their order where %s', async (_what, rows) => {
    const { summary, records } = await readComments('a,b,c,d,e,f', rows);
    expect([kindsIn(records), summary.problemCounts]).toEqual([['file'], { unrecognised: 1 }]);
  });
});

describe('tables in an unknown language', () => {
  it('with more columns than are known are read by the form of their cells', async () => {
    const { summary, records } = await readFile(
      'youtube.subscriptions',
      'YouTube/tilaukset.csv',
      csv(['Tunnus,Osoite,Nimi,Ryhmä', `${channel},http://www.youtube.com/channel/UCa,Leipä,koti`]),
    );
    expect(summary).toMatchObject({ verdict: 'complete', noticeCounts: { columns_by_position: 1, drift: 1 } });
    expect(dataOf(records)).toEqual([
      {
        ...{ channelId: channel, channelUrl: 'http://www.youtube.com/channel/UCa' },
        otherColumns: { Nimi: 'Leipä', Ryhmä: 'koti' },
      },
    ]);
  });

  it.each([
    [['Nimi,Viesti,Osoite,Kommentti', 'Leipä,oma,https://example.org/1,hyvä']],
    [['Kuvaus listasta', 'Nimi,Viesti,Osoite,Tunnisteet,Kommentti', 'Leipä,oma,https://example.org/1,,hyvä']],
    [['Titel,Notiz,Osoite,Kommentar', 'Leipä,oma,https://example.org/1,hyvä']],
    [['title,note,item_content_url,comments', 'Leipä,oma,https://example.org/1,hyvä']],
  ])('are lists of saved items: %s', async (rows) => {
    const { summary, records } = await readFile('saved.collections', 'Saved/Leivät.csv', csv(rows));
    expect([kindsIn(records), summary.problemCounts]).toEqual([['saved_item'], {}]);
    expect(records[0]?.data).toMatchObject({ title: 'Leipä', note: 'oma', url: 'https://example.org/1' });
  });

  it('are playlists as Google writes them today', async () => {
    const row = `PL${'b'.repeat(32)},False,Duona,lt,${at(1)},${at(2)},Manual,Private`;
    const { summary, records } = await readFile(
      'youtube.private_playlists',
      'YouTube/grojaraščiai/grojaraščiai.csv',
      csv(['Grojaraščio ID,Pridėti,Pavadinimas,Kalba,Sukūrimo laikas,Atnaujinimo laikas,Tvarka,Matomumas', row]),
    );
    expect(summary.noticeCounts).toEqual({ columns_by_position: 1 });
    expect(records[0]).toMatchObject({
      ...{ kind: 'playlist', occurredAt: '2026-01-01T10:00:00Z' },
      data: { playlistTitle: 'Duona', playlistUpdateTimestamp: at(2) },
    });
  });

  it('are no playlists by an English id and the order of other columns', async () => {
    const row = `PL${'b'.repeat(32)},aaaaaaaaaa1,7,${at(1)}`;
    const content = csv(['Playlist ID,Video,Place,Added', row]);
    const { summary, records } = await readFile('youtube.private_playlists', 'YouTube/playlists/new.csv', content);
    expect([kindsIn(records), summary.problemCounts]).toEqual([['file'], { unrecognised: 1 }]);
  });
});

describe('a table without rows', () => {
  const header = 'Kanavan tunnus,Kanavan osoite,Kanavan nimi';

  it.each([
    ['youtube.subscriptions', 'YouTube/tilaukset.csv', header],
    ['youtube.comments', 'YouTube/kommentit.csv', 'Tunnus,Kanava,Aika,Hinta,Video,Teksti'],
    ['saved.collections', 'Tallennetut/Tyhjä.csv', '\uFEFFNimi,Viesti,Osoite'],
  ])('in an unknown language is nothing, with a notice: %s', async (resource, path, content) => {
    const { summary, records } = await readFile(resource, path, `${content}\r\n`);
    expect([records, summary.verdict, summary.noticeCounts]).toEqual([[], 'complete', { empty_table: 1 }]);
    expect(JSON.stringify(summary)).not.toMatch(/Kanavan|Tunnus|Nimi/);
  });

  it.each([
    ['is cut, as it seems', header],
    ['is one row of data', `${channel},http://www.youtube.com/channel/UCa,Leipä\n`],
    ['is a sentence', 'Tilauksia ei ole\n'],
  ])('is not recognised where it %s', async (_what, content) => {
    const { summary, records } = await readFile('youtube.subscriptions', 'YouTube/tilaukset.csv', content);
    expect([kindsIn(records), summary.problemCounts]).toEqual([['file'], { unrecognised: 1 }]);
  });

  it('needs no line break where the manifest vouches for its length', async () => {
    const stated = { service: { name: 'YOUTUBE' }, extractedFileSize: String(header.length) };
    const zip = await zipOf([
      manifestOf(serviceOf('YouTube', [{ name: 'tilaukset.csv' }], stated)),
      { name: 'Portability/YouTube/tilaukset.csv', content: header },
    ]);
    const { summary } = await readZips([zip], { resources: ['youtube.subscriptions'] });
    expect([summary.verdict, summary.noticeCounts]).toEqual(['complete', { empty_table: 1 }]);
  });
});
