// docs/api.md lists every route that a host app or a monitor may call, and no other.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { operations } from '../../src/server/contract/operations';

const root = join(__dirname, '..', '..');

/** The files that define routes apart from the contract, with the path under which each is mounted. */
const files = { 'src/server/api-docs.ts': '/v1', 'src/server/health.ts': '' };

function definedIn(source: string, mountedAt: string): string[] {
  const routes = source.matchAll(/\brouter\s*\.(get|post|put|patch|delete)\(\s*'([^']+)'/g);
  return [...routes].map(([, method = '', path = '']) => `${method.toUpperCase()} ${mountedAt}${path}`);
}

const listedIn = (page: string): string[] =>
  [...page.matchAll(/^\| `([A-Z]+ \/[^`]*)`/gm)].map(([, route = '']) => route);

it('docs/api.md lists every route', () => {
  const defined = [
    ...operations.map(({ method, path }) => `${method.toUpperCase()} /v1${path}`),
    ...Object.entries(files).flatMap(([file, mountedAt]) =>
      definedIn(readFileSync(join(root, file), 'utf8'), mountedAt),
    ),
  ];
  expect(defined.length).toBeGreaterThan(10);
  expect(listedIn(readFileSync(join(root, 'docs/api.md'), 'utf8')).toSorted()).toEqual(defined.toSorted());
});

it('the check reads definitions over several lines, and rows of the table', () => {
  expect(definedIn("router.post(\n  '/a/:id', json(),", '/v1')).toEqual(['POST /v1/a/:id']);
  expect(listedIn('| `GET /v1/a/:id` | `b` |\n`GET /v1/c` in a text\n')).toEqual(['GET /v1/a/:id']);
});
