// The README explains every state that a connect session can be in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { connectSessionStates } from '../../src/domain/states';

const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

it('The README explains every state of a connect session, in order', () => {
  const [, table = ''] = /^\| State +\| What it means.*\n((?:\|.*\n)+)/m.exec(readme) ?? [];
  expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, state]) => state)).toEqual(connectSessionStates);
});
