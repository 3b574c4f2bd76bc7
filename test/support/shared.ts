/** Asks for the servers that the tests of a run share (test/setup/shared-servers.ts). */
import { get } from 'node:http';
import { text } from 'node:stream/consumers';

import type { SharedFacts, SharedName } from '../setup/shared-servers';

/**
 * Starts the shared server if no test has asked for it before; the first time on a machine that can take minutes.
 *
 * @returns the facts about it
 * @throws Error saying why it did not start
 */
export async function shared<Name extends SharedName>(name: Name): Promise<SharedFacts<Name>> {
  const url = process.env['TEST_SERVERS_URL'];
  if (url === undefined) throw new Error('The shared servers are not here; run the tests with "npm test".');
  const body = await new Promise<string>((resolve, reject) => {
    get(`${url}/${name}`, { agent: false }, (response) => void text(response).then(resolve, reject)).once(
      'error',
      reject,
    );
  });
  const answer = JSON.parse(body) as { facts: SharedFacts<Name> } | { failure: string };
  if ('failure' in answer) throw new Error(answer.failure);
  return answer.facts;
}
