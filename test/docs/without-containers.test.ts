// The page on running without containers registers exactly the search attributes that the workflows set. That its
// commands work, the test of the snippets shows.
import { join } from 'node:path';

import { searchAttributes } from '../../src/workflows/search-attributes';
import { readDocument } from './markdown';

it('docs/without-containers.md registers every search attribute with its type', () => {
  const { blocks } = readDocument(join(__dirname, '..', '..'), 'docs/without-containers.md');
  const text = blocks.map((block) => block.text).join('\n');
  const pairs = [...text.matchAll(/--name (\w+) --type (\w+)/g)].map(([, name, type]) => [name, type]);
  expect(Object.fromEntries(pairs)).toEqual(searchAttributes);
});
