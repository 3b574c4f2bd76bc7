// Lists and streams of records: page after page, and the items that the caller has when one is interrupted.
import type { ServerResponse } from 'node:http';

import { Portage, PortageApiError, PortageConnectionError, type StreamLine } from '../../client/src';
import { Pages } from '../../client/src/pages';
import { startScriptedServer, type ScriptedServer } from './scripted-server';

describe('a list', () => {
  const numbers = (after: string | number | undefined) => {
    const first = Number(after ?? 0);
    return Promise.resolve({ items: [first + 1, first + 2], nextAfter: first < 4 ? String(first + 2) : null });
  };

  it('gives the items of all pages, or the pages', async () => {
    const items: number[] = [];
    for await (const item of new Pages(numbers, undefined)) items.push(item);
    expect(items).toEqual([1, 2, 3, 4, 5, 6]);
    const nexts: unknown[] = [];
    for await (const { nextAfter } of new Pages(numbers, '2').pages()) nexts.push(nextAfter);
    expect(nexts).toEqual(['4', null]);
  });

  it('asks for no page before it is needed', async () => {
    const asked: unknown[] = [];
    for await (const item of new Pages((after) => (asked.push(after), numbers(after)), undefined)) {
      if (item === 2) break;
    }
    expect(asked).toEqual([undefined]);
  });

  it('ends for now where a page of events leads no further, also when there are none yet', async () => {
    const events = (after: string | number | undefined) => {
      const first = Number(after ?? 0);
      // The last position was one of another type, so it was looked at and left out.
      return Promise.resolve({ items: [1, 2, 3].filter((each) => each > first), nextAfter: Math.max(first, 4) });
    };
    const nexts: unknown[] = [];
    for await (const { nextAfter, items } of new Pages(events, 1).pages()) nexts.push([items, nextAfter]);
    expect(nexts).toEqual([
      [[2, 3], 4],
      [[], 4],
    ]);
    const none: unknown[] = [];
    for await (const page of new Pages(() => Promise.resolve({ items: [], nextAfter: 0 }), undefined).pages())
      none.push(page);
    expect(none).toHaveLength(1);
  });
});

describe('a stream of records', () => {
  let server: ScriptedServer;
  let portage: Portage;
  beforeAll(async () => {
    server = await startScriptedServer();
    portage = new Portage({ url: server.url, apiKey: 'ptg_key', retries: 0 });
  });
  afterAll(() => server.stop());

  const gone = (key: string) => ({ key, resource: 'é', exportId: 'exp_1', state: 'gone' });
  const textOf = (...lines: object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const taken = async (lines: AsyncIterable<StreamLine>) => {
    const got: StreamLine[] = [];
    const failure = await (async () => {
      for await (const line of lines) got.push(line);
    })().catch((error: unknown) => error);
    return { got, failure };
  };

  it('continues with the next page with the same parameters', async () => {
    const pages = [textOf(gone('a'), { next: 'p2' }), textOf(gone('b'), { cursor: 1, exportId: 'exp_1' }).trimEnd()];
    server.script(...pages.map((page) => (response: ServerResponse) => void response.end(page)));
    const { got } = await taken(portage.listConsentRecords({ id: 'con_1', kind: ['visit'], since: 0 }));
    expect(got).toEqual([gone('a'), { next: 'p2' }, gone('b'), { cursor: 1, exportId: 'exp_1' }]);
    expect(server.asked.map(({ path }) => path.split('?')[1])).toEqual([
      'kind=visit&limit=10000&since=0',
      'kind=visit&limit=10000&after=p2&since=0',
    ]);
    expect(server.asked[0]?.headers).toMatchObject({ accept: 'application/x-ndjson', 'accept-encoding': 'identity' });
  });

  it('puts a line together that arrives in pieces, also within a character', async () => {
    const bytes = Buffer.from(textOf(gone('a')));
    const cut = bytes.indexOf(0xc3) + 1;
    server.script((response) => {
      response.write(bytes.subarray(0, cut), () => setImmediate(() => response.end(bytes.subarray(cut))));
    });
    expect((await taken(portage.listExportRecords({ id: 'exp_1' }))).got).toEqual([gone('a')]);
  });

  it('gives the items before the interruption, and then throws an error', async () => {
    let breakOff = () => undefined as unknown;
    server.script((response) => {
      response.write(`${textOf(gone('a'))}{"key":"b`);
      breakOff = () => response.destroy();
    });
    const lines = portage.listExportRecords({ id: 'exp_1' });
    expect(await lines.next()).toEqual({ done: false, value: gone('a') });
    breakOff();
    await expect(lines.next()).rejects.toThrow(PortageConnectionError);
  });

  it('throws the error that its last line names', async () => {
    const error = { code: 'SEGMENT_MISSING', title: 'The storage lost a segment', status: 500 };
    server.script((response) => void response.end(textOf(gone('a'), { error })));
    const { got, failure } = await taken(portage.listExportRecords({ id: 'exp_1' }));
    expect(got).toHaveLength(1);
    expect(failure).toBeInstanceOf(PortageApiError);
    expect(failure).toMatchObject({ code: 'SEGMENT_MISSING', status: 500 });
  });
});
