// docs/api.md explains every state that a connect session can be in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { connectSessionStates } from '../../src/domain/states';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'api.md'), 'utf8');

it('docs/api.md explains every state of a connect session, in order', () => {
  const [, table = ''] = /^\| State +\| What it means.*\n((?:\|.*\n)+)/m.exec(page) ?? [];
  expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, state]) => state)).toEqual(connectSessionStates);
});
