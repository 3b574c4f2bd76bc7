/**
 * docs/openapi.json takes away nothing that docs/openapi.released.json has, which is the document of the last release.
 * A release copies the one to the other (CONTRIBUTING.md, "add a route").
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { breakingChanges, type ApiDocument } from './breaking-changes';

const read = (name: string) => JSON.parse(readFileSync(join(__dirname, '../../../docs', name), 'utf8')) as ApiDocument;

it('host apps of the last release need not change', () => {
  expect(breakingChanges(read('openapi.released.json'), read('openapi.json'))).toEqual([]);
});

describe('the comparison', () => {
  const text = { type: 'string' };
  const schema = (properties: object, required: readonly string[] = []) => ({ type: 'object', properties, required });
  interface Parts {
    readonly body?: object;
    readonly answer?: object;
    readonly query?: readonly object[];
    readonly status?: string;
  }
  const documentOf = ({ body = schema({}), answer = schema({}), query = [], status = '200' }: Parts): ApiDocument => ({
    paths: {
      '/v1/things': {
        post: {
          parameters: query,
          requestBody: { content: { 'application/json': { schema: body } } },
          responses: {
            [status]: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          },
        },
      },
    },
    components: { schemas: { Thing: answer } },
  });
  const changes = (before: Parts, after: Parts) => breakingChanges(documentOf(before), documentOf(after));
  const listed = (field: object) => schema({ list: { type: 'array', items: field } });

  it.each<[string, Parts, Parts]>([
    ['a field of the answer that is gone', { answer: schema({ id: text }) }, {}],
    ['one within a list', { answer: listed(schema({ id: text })) }, { answer: listed(schema({})) }],
    ['one of another type', { answer: schema({ id: text }) }, { answer: schema({ id: { type: 'integer' } }) }],
    [
      'one that may be null',
      { answer: schema({ id: text }) },
      { answer: schema({ id: { anyOf: [text, { type: 'null' }] } }) },
    ],
    ['one that may be absent', { answer: schema({ id: text }, ['id']) }, { answer: schema({ id: text }) }],
    ['another status', { status: '200' }, { status: '202' }],
    ['a new field that the body needs', {}, { body: schema({ id: text }, ['id']) }],
    ['a field that the body needs now', { body: schema({ id: text }) }, { body: schema({ id: text }, ['id']) }],
    ['a field of the body that is gone', { body: schema({ id: text }) }, {}],
    ['a new parameter that is needed', {}, { query: [{ in: 'query', name: 'a', required: true, schema: text }] }],
    ['a parameter that is gone', { query: [{ in: 'query', name: 'a', schema: text }] }, {}],
  ])('finds %s', (_what, before, after) =>
    expect(changes(before, after)).toHaveLength(_what === 'another status' ? 2 : 1),
  );

  it('finds an operation that is gone', () => {
    expect(breakingChanges(documentOf({}), { paths: {} })).toEqual(['POST /v1/things: the operation was removed']);
  });

  it.each<[string, Parts, Parts]>([
    ['a further field of the answer', {}, { answer: schema({ id: text }, ['id']) }],
    ['a further optional field of the body', {}, { body: schema({ id: text }) }],
    ['a further optional object with a field that it needs', {}, { body: schema({ a: schema({ id: text }, ['id']) }) }],
    [
      'a field that the body need not have any more',
      { body: schema({ id: text }, ['id']) },
      { body: schema({ id: text }) },
    ],
  ])('lets pass %s', (_what, before, after) => expect(changes(before, after)).toEqual([]));
});
