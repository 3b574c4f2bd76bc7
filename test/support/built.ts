/**
 * To be imported by test files that load or start files in `dist`: they are built before their tests, if they are
 * stale.
 */
import { shared } from './shared';

beforeAll(async () => {
  await shared('build');
});
