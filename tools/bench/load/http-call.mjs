// One HTTP request of a benchmark, over connections that wait longer for a server than it takes to stall.
import { Agent, request } from 'undici';

const patienceMs = 300_000;
const agent = new Agent({
  headersTimeout: patienceMs,
  bodyTimeout: patienceMs,
  connect: { timeout: patienceMs },
});

/**
 * @param options as those of undici, and `json` for a body of JSON
 * @param expected the status that the answer has to have
 * @returns `headers` and `body`, as text
 * @throws Error with the status and the problem's code, for another status
 */
export async function call(url, { json, ...options } = {}, expected = 200) {
  const answer = await request(url, {
    ...options,
    ...(json !== undefined && {
      headers: { ...options.headers, 'content-type': 'application/json' },
      body: JSON.stringify(json),
    }),
    dispatcher: agent,
  });
  const body = await answer.body.text();
  if (answer.statusCode !== expected) throw new Error(`${answer.statusCode} ${problemOf(body)}`);
  return { headers: answer.headers, body };
}

/** The code of a problem document or of a page. */
function problemOf(body) {
  try {
    return JSON.parse(body).code;
  } catch {
    return /<code>([A-Z_]+)/.exec(body)?.[1] ?? body.slice(0, 100);
  }
}

/** Ends every connection. */
export const hangUp = () => agent.destroy();
