// Generates the client's types and its table of operations from docs/openapi.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const header = '// Made from docs/openapi.json by tools/generate-client.mjs. Do not edit.\n';

/** The kind of a method's result: see client/src/operation-types.ts. */
function answerOf({ responses }, schemas) {
  const success = Object.entries(responses).find(([status]) => /^2/.test(status))?.[1];
  const content = success?.content ?? {};
  if (content['application/x-ndjson'] !== undefined) return 'lines';
  if (content['application/json'] === undefined) return Object.keys(content).length === 0 ? 'nothing' : 'bytes';
  const { schema = {} } = content['application/json'];
  const { properties = {} } = schemas[/^#\/components\/schemas\/(.+)$/.exec(schema.$ref ?? '')?.[1]] ?? schema;
  return properties.items !== undefined && properties.nextAfter !== undefined ? 'list' : 'json';
}

/** @throws Error when a name is both a parameter and a field of the body: a method takes all of them in one object */
function tableOf({ paths, components }) {
  const lines = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { operationId, parameters = [], requestBody } = operation;
      const query = parameters.filter((each) => each.in === 'query').map(({ name }) => name);
      // Lists that are one text with commas; the values of all others are repeated (OpenAPI 3.1, "Style Values").
      const joined = parameters.filter(({ explode }) => explode === false).map(({ name }) => name);
      const given = requestBody?.content['application/json'].schema ?? {};
      const body = components.schemas[/[^/]+$/.exec(given.$ref ?? '')?.[0]] ?? given;
      const names = parameters.filter((each) => each.in !== 'header').map(({ name }) => name);
      const clash = [...names, ...Object.keys(body.properties ?? {})].find(
        (name, index, all) => all.indexOf(name) < index,
      );
      if (clash !== undefined) throw new Error(`${operationId} takes ${clash} in two places: rename one of them`);
      const answer = answerOf(operation, components.schemas);
      const facts = { method: method.toUpperCase(), path, query, joined, hasBody: requestBody !== undefined, answer };
      return `  ${operationId}: ${JSON.stringify(facts)},\n`;
    }),
  );
  return `export const operationTable = {\n${lines.join('')}} as const;\n`;
}

const [folder = join(root, 'client/src/generated'), source = join(root, 'docs/openapi.json')] = process.argv.slice(2);
const document = JSON.parse(readFileSync(source, 'utf8'));
const types = await openapiTS(document, { emptyObjectsUnknown: true, alphabetize: false });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'schema.ts'), header + astToString(types));
writeFileSync(join(folder, 'operation-table.ts'), header + tableOf(document));
