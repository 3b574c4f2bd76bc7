/** docs/openapi.json against the code and against the rules of OpenAPI 3.1. UPDATE_DOCS=1 writes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { errorTable, type ErrorCode } from '../../../src/domain/error-codes';
import { openApiDocument } from '../../../src/server/contract/document';
import { operations } from '../../../src/server/contract/operations';

const root = join(__dirname, '..', '..', '..');
const committed = join(root, 'docs', 'openapi.json');
const document = JSON.parse(JSON.stringify(openApiDocument())) as Record<string, unknown> & {
  info: { version: string };
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
};

if (process.env['UPDATE_DOCS'] === '1') writeFileSync(committed, `${JSON.stringify(document, null, 2)}\n`);

it('docs/openapi.json is the document of the code', () => {
  expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(document);
});

it('is of the release that package.json names', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(document.info.version).toBe(version);
});

describe('the document', () => {
  it('is valid by the schema of OpenAPI 3.1, with all references', async () => {
    const { Validator } = await import('@seriousme/openapi-schema-validator');
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect([valid, errors]).toEqual([true, undefined]);
    expect(validator.version).toBe('3.1');
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  it('would not be valid with an operation that has no answers', async () => {
    const broken = structuredClone(document);
    broken.paths['/v1/health'] = { get: { operationId: 'getHealth', responses: 5 as never } };
    const { Validator } = await import('@seriousme/openapi-schema-validator');
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('has every operation once, under a name of its own', () => {
    const described = Object.values(document.paths).flatMap((path) => Object.values(path));
    const names = described.map(({ operationId }) => operationId);
    expect(names.toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted());
    expect(new Set(names).size).toBe(names.length);
  });

  it('lets every POST come with an idempotency key, and nothing else', () => {
    for (const { method, path } of operations) {
      const described = document.paths[`/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`]?.[method];
      const { parameters = [] } = described as unknown as { parameters?: { in: string; name: string }[] };
      const has = parameters.some((each) => each.in === 'header' && each.name === 'Idempotency-Key');
      expect([method, path, has]).toEqual([method, path, method === 'post']);
    }
  });

  it('names for each operation the statuses of its codes', () => {
    for (const { method, path, errors, success } of operations) {
      const { responses } = document.paths[`/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`]?.[method] ?? {};
      const statuses = errors.map((code: ErrorCode) => errorTable[code].status);
      for (const status of [success.status, ...statuses, 400, 429, 500, 503]) {
        expect([path, Object.keys(responses ?? {})]).toEqual([path, expect.arrayContaining([String(status)])]);
      }
    }
  });
});
