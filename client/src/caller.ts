/** The derived methods: one for each row of the table of operations. */
import { PortageConnectionError } from './errors';
import { operationTable } from './generated/operation-table';
import { streamLines } from './lines';
import type { Input, OperationId, Operations } from './operation-types';
import { Pages, type Page, type Position } from './pages';
import { createTransport, type CallOptions, type HttpRequest, type PortageOptions, type Transport } from './transport';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  /** Those whose list is one text with commas. */
  readonly joined: readonly string[];
  readonly hasBody: boolean;
  readonly answer: 'json' | 'nothing' | 'bytes' | 'lines' | 'list';
}
type Values = Readonly<Record<string, unknown>>;

/** Records of one page of a stream, by default. */
const recordsPerPage = 10_000;

class Caller {
  readonly #send: Transport;

  constructor(options: PortageOptions) {
    this.#send = createTransport(options);
  }

  /**
   * Sends an operation and returns the unread answer: for `text/csv` instead of lines, `If-None-Match`, or `Range`.
   *
   * @returns the answer, with a status of 2xx or 304; the caller reads or cancels its body
   * @throws PortageApiError, PortageConnectionError; TypeError for an input that has no place in the request
   */
  async request<Id extends OperationId>(
    id: Id,
    input: Input<Id>,
    options: CallOptions & Pick<HttpRequest, 'headers'> = {},
  ): Promise<Response> {
    return this.#send({ ...options, ...placeInput(id, operationTable[id], input) });
  }
}

/** @throws TypeError naming a value that has no place in the request, or a part of the path that is missing */
export function placeInput(id: string, operation: Operation, input: Values) {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const take = (name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return value;
  };
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = take(name);
    // A path of dots leads elsewhere, also when it is percent-encoded (https://url.spec.whatwg.org/#path-state).
    if ((typeof value !== 'string' && typeof value !== 'number') || /^\.{0,2}$/.test(String(value))) {
      const given = value === undefined ? 'missing' : JSON.stringify(value);
      throw new TypeError(`${id}: ${name} is ${given}: give the text of an id`);
    }
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const name of operation.query) {
    const value = take(name);
    const values = Array.isArray(value) && !operation.joined.includes(name) ? value : [value];
    for (const each of values) if (each !== undefined) query.append(name, String(each));
  }
  if (!operation.hasBody && rest.size > 0) throw new TypeError(`${id} takes no ${[...rest.keys()].join(', ')}`);
  return {
    method: operation.method,
    path: query.size === 0 ? path : `${path}?${query.toString()}`,
    ...(operation.hasBody ? { body: Object.fromEntries(rest) } : {}),
  };
}

function call(caller: Caller, id: OperationId, input: Values, options: CallOptions): unknown {
  const operation: Operation = operationTable[id];
  const send = (changed: Values = {}, headers: Record<string, string> = {}) =>
    caller.request(id, { ...input, ...changed }, { ...options, headers });
  const { after } = input as { after?: Position };
  switch (operation.answer) {
    case 'bytes':
      return send({}, { accept: '*/*' });
    case 'nothing':
      return send().then(() => undefined);
    case 'json':
      return send().then((response) => readJson(response, id));
    case 'list':
      return new Pages(async (from) => (await readJson(await send({ after: from }), id)) as Page<unknown>, after);
    case 'lines': {
      // Not compressed, so that no line is lost when the stream breaks off (docs/reading-records.md).
      const headers = { accept: 'application/x-ndjson', 'accept-encoding': 'identity' };
      const page = { limit: recordsPerPage, ...input };
      return streamLines((from) => send({ ...page, after: from }, headers), id, after);
    }
  }
}

async function readJson(response: Response, id: string): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new PortageConnectionError(`the answer to ${id} broke off, or is no JSON: ${String(cause)}`, { cause });
  }
}

for (const id of Object.keys(operationTable) as OperationId[]) {
  Object.defineProperty(Caller.prototype, id, {
    value(this: Caller, input: Values = {}, options: CallOptions = {}) {
      return call(this, id, input, options);
    },
  });
}

/** A caller with its methods, which the compiler cannot see being defined. */
export const OperationCaller = Caller as unknown as new (options: PortageOptions) => Caller & Operations;
