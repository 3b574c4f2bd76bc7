/**
 * Every answer of the API that a test gets by `fetch` is held against docs/openapi.json: its status, its media type and
 * its JSON. Streams of records are held against their schemas by test/records/deliver.
 */
import { openApiCheck, type Answer } from '../support/answer-check';

type Check = (answer: Answer) => Promise<string | undefined>;

/** Test files of one process share the realm: `fetch` is wrapped once for each, and the document is read once for all. */
const shared = globalThis as typeof globalThis & { uncheckedFetch?: typeof fetch; answerCheck?: Check };
const unchecked = (shared.uncheckedFetch ??= globalThis.fetch);

globalThis.fetch = async (input, init) => {
  const response = await unchecked(input, init);
  const url = new URL(input instanceof Request ? input.url : input);
  if (!url.pathname.startsWith('/v1/')) return response;
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  const check = (shared.answerCheck ??= openApiCheck());
  const answer: Answer = {
    ...{ method, path: url.pathname, status: response.status },
    contentType: response.headers.get('content-type'),
    json: () => response.clone().json(),
  };
  const fault = await check(answer).catch((error: unknown) => {
    if (error instanceof SyntaxError) return error.message;
    // The transfer broke: the caller sees that when it reads.
    return undefined;
  });
  if (fault !== undefined) throw new Error(`docs/openapi.json: ${method} ${url.pathname} ${fault}`);
  return response;
};
