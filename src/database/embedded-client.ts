/** PGlite as drizzle uses it, with every statement prepared once: most of its time goes into parsing and planning. */
import { protocol, type PGlite, type QueryOptions, type Transaction } from '@electric-sql/pglite';

const { serialize } = protocol;

/** What stands in the answers of the server, as far as it is used here. */
type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];

interface Prepared {
  readonly name: string;
  /** OIDs of the parameters' types. */
  readonly parameters: readonly number[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

interface Result {
  readonly rows: unknown[];
  readonly fields: Prepared['fields'];
  readonly affectedRows: number;
}

type Query = (text: string, params?: unknown[], options?: QueryOptions) => Promise<Result>;

export interface EmbeddedClient {
  readonly query: Query;
  transaction<T>(work: (tx: { readonly query: Query }) => Promise<T>): Promise<T>;
}

/** More texts than the program has; lists of ids make many, and each one kept is memory. */
const maxPrepared = 500;
/** Anything else, such as the statements of a migration, runs once. */
const isRepeated = /^\s*(select|insert|update|delete|with)\s/i;

/** @param pglite not to be queried but through the client from now on, since its own transactions would not be noticed */
export function createEmbeddedClient(pglite: PGlite): EmbeddedClient {
  const prepared = new Map<string, Prepared>();
  let names = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: there is one connection, and a transaction has it until its end. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const own = last.then(work, work);
    last = own.catch(() => undefined);
    return own;
  };

  const send = async (...messages: Uint8Array[]): Promise<Message[]> => {
    try {
      return await pglite.execProtocolStream(Buffer.concat(messages), { syncToFs: false });
    } catch (error) {
      // What follows the refused message was passed over, the end of the exchange included.
      await pglite.execProtocolStream(serialize.sync(), { syncToFs: false, throwOnError: false });
      throw error;
    }
  };

  const prepare = async (text: string): Promise<Prepared> => {
    if (prepared.size >= maxPrepared) {
      prepared.clear();
      await pglite.execProtocolStream(serialize.query('deallocate all'), { syncToFs: false });
    }
    names += 1;
    const name = `portage_${names}`;
    const answers = await send(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    );
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

  const run: Query = async (text, params = [], options = {}) => {
    const { name, parameters, fields } = prepared.get(text) ?? (await prepare(text));
    const values = params.map((param, index) => {
      if (param === null || param === undefined) return null;
      const type = parameters[index] ?? 0;
      const serializer = options.serializers?.[type] ?? pglite.serializers[type];
      return serializer === undefined ? (param as string | number).toString() : serializer(param);
    });
    const answers = await send(serialize.bind({ statement: name, values }), serialize.execute({}), serialize.sync());
    const parsers = fields.map(({ dataTypeID: type }) => options.parsers?.[type] ?? pglite.parsers[type]);
    const rows: unknown[] = [];
    let affectedRows = 0;
    for (const answer of answers) {
      if (answer.name === 'dataRow') {
        const cells = (answer as { fields: (string | null)[] } & Message).fields.map((cell, index): unknown => {
          const parser = parsers[index];
          return cell === null || parser === undefined ? cell : parser(cell, fields[index]?.dataTypeID);
        });
        rows.push(
          options.rowMode === 'array'
            ? cells
            : Object.fromEntries(fields.map((field, index) => [field.name, cells[index]])),
        );
      } else if (answer.name === 'commandComplete') {
        affectedRows += Number(/\d+$/.exec((answer as { text: string } & Message).text)?.[0] ?? 0);
      }
    }
    return { rows, fields, affectedRows };
  };

  const queryOn =
    (on: Pick<PGlite | Transaction, 'query'>): Query =>
    async (text, params, options) => {
      if (isRepeated.test(text)) return run(text, params, options);
      const { rows, fields, affectedRows = 0 } = await on.query(text, params, options);
      return { rows, fields, affectedRows };
    };
  const query = queryOn(pglite);

  return {
    query: (...asked) => alone(() => query(...asked)),
    transaction: (work) => alone(() => pglite.transaction((tx) => work({ query: queryOn(tx) }))),
  };
}
