/** Statements that the embedded database prepares once, over PostgreSQL's extended query protocol. */
import { protocol, type PGlite, type QueryOptions } from '@electric-sql/pglite';

const { serialize } = protocol;

/** The fields of the server's messages that are used here. */
type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];

interface Prepared {
  readonly name: string;
  /** OIDs of the parameters' types. */
  readonly parameters: readonly number[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

export interface Result {
  readonly rows: unknown[];
  readonly fields: Prepared['fields'];
  readonly affectedRows: number;
}

/** Runs a statement, as `PGlite.query` does. */
export type Query = (text: string, params?: unknown[], options?: QueryOptions) => Promise<Result>;

/** More texts than the program has. Lists of ids create many texts, and each one kept uses memory. */
const maxPrepared = 500;

/** @returns a function that must be called once at a time, since there is one connection */
export function createPreparedQuery(pglite: PGlite): Query {
  const prepared = new Map<string, Prepared>();
  let names = 0;

  const prepare = async (text: string): Promise<Prepared> => {
    if (prepared.size >= maxPrepared) {
      prepared.clear();
      await pglite.execProtocolStream(serialize.query('deallocate all'), { syncToFs: false });
    }
    names += 1;
    const name = `portage_${names}`;
    const describe = serialize.describe({ type: 'S', name });
    const answers = await send(pglite, serialize.parse({ name, text }), describe, serialize.sync());
    let statement: Prepared = { name, parameters: [], fields: [] };
    for (const answer of answers) {
      if (answer.name === 'parameterDescription') {
        statement = { ...statement, parameters: (answer as { dataTypeIDs: number[] } & Message).dataTypeIDs };
      } else if (answer.name === 'rowDescription') {
        statement = { ...statement, fields: (answer as { fields: Prepared['fields'] } & Message).fields };
      }
    }
    prepared.set(text, statement);
    return statement;
  };

  return async (text, params = [], options = {}) => {
    const { name, parameters, fields } = prepared.get(text) ?? (await prepare(text));
    const values = params.map((param, index) => {
      if (param === null || param === undefined) return null;
      const type = parameters[index] ?? 0;
      const serializer = options.serializers?.[type] ?? pglite.serializers[type];
      return serializer === undefined ? (param as string | number).toString() : serializer(param);
    });
    const bind = serialize.bind({ statement: name, values });
    const answers = await send(pglite, bind, serialize.execute({}), serialize.sync());
    const parsers = fields.map(({ dataTypeID: type }) => options.parsers?.[type] ?? pglite.parsers[type]);
    return readAnswers(answers, fields, parsers, options.rowMode);
  };
}

async function send(pglite: PGlite, ...messages: Uint8Array[]): Promise<Message[]> {
  try {
    return await pglite.execProtocolStream(Buffer.concat(messages), { syncToFs: false });
  } catch (error) {
    // The server skipped everything after the refused message, the end of the exchange included.
    await pglite.execProtocolStream(serialize.sync(), { syncToFs: false, throwOnError: false });
    throw error;
  }
}

/** @param parsers one for each field; undefined when its text is used as it is */
function readAnswers(
  answers: readonly Message[],
  fields: Prepared['fields'],
  parsers: readonly (((text: string, type?: number) => unknown) | undefined)[],
  rowMode: QueryOptions['rowMode'],
): Result {
  const rows: unknown[] = [];
  let affectedRows = 0;
  for (const answer of answers) {
    if (answer.name === 'dataRow') {
      const cells = (answer as { fields: (string | null)[] } & Message).fields.map((cell, index): unknown => {
        const parser = parsers[index];
        return cell === null || parser === undefined ? cell : parser(cell, fields[index]?.dataTypeID);
      });
      const named = () => Object.fromEntries(fields.map((field, index) => [field.name, cells[index]]));
      rows.push(rowMode === 'array' ? cells : named());
    } else if (answer.name === 'commandComplete') {
      affectedRows += Number(/\d+$/.exec((answer as { text: string } & Message).text)?.[0] ?? 0);
    }
  }
  return { rows, fields, affectedRows };
}
