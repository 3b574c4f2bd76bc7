/** To be imported by test files that load or start what lies in `dist`: it is built before their tests, if it is stale. */
import { shared } from './shared';

beforeAll(async () => {
  await shared('build');
});
