/** Holds the answers of the API that tests get against docs/openapi.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020';

interface Described {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>;
}
interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

export interface Answer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  /** Asked for when the document has a schema of JSON for it. */
  readonly json: () => Promise<unknown>;
}

const problemType = 'application/problem+json';
const isJson = (type: string) => type === 'application/json' || type === problemType;

/** @param document an OpenAPI document whose answers may get further fields; here they may not */
export function createAnswerCheck(document: ApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(closed(document), 'openapi.json');
  const paths = Object.entries(document.paths).map(([path, methods]) => ({
    path,
    methods,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));

  const faultOfBody = async (pointer: string, json: () => Promise<unknown>): Promise<string | undefined> => {
    const validate = ajv.getSchema(`openapi.json#${pointer}`);
    if (validate === undefined) return `has no schema at ${pointer}`;
    const body = await json();
    if (validate(body) === true) return undefined;
    return `${ajv.errorsText(validate.errors, { dataVar: 'body' })} in ${JSON.stringify(body).slice(0, 1_000)}`;
  };

  /** @returns how an answer differs from the document; undefined when it does not, or is not of the API */
  return async ({ method, path, status, contentType, json }: Answer): Promise<string | undefined> => {
    const type = contentType?.split(';')[0] ?? '';
    const known = paths.find(({ pattern }) => pattern.test(path));
    const described = known?.methods[method.toLowerCase() === 'head' ? 'get' : method.toLowerCase()];
    if (known === undefined || described === undefined) {
      return type === problemType ? faultOfBody('/components/schemas/Problem', json) : undefined;
    }
    const response = described.responses[String(status)];
    if (response === undefined) return `has no status ${status}, only ${Object.keys(described.responses).join(', ')}`;
    const { content } = response;
    if (method.toLowerCase() === 'head') return undefined;
    if (content === undefined || status === 304)
      return type === '' ? undefined : `has no body for ${status}, not ${type}`;
    const documented = content[type] === undefined && content['*/*'] !== undefined ? '*/*' : type;
    if (content[documented] === undefined) {
      return `has no ${type || 'answer without a media type'} for ${status}, only ${Object.keys(content).join(', ')}`;
    }
    if (!isJson(documented)) return undefined;
    const place = [
      'paths',
      known.path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      documented,
      'schema',
    ];
    return faultOfBody(place.map((name) => `/${escaped(name)}`).join(''), json);
  };
}

const escaped = (name: string) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

/** A host app ignores fields that it does not know; a test does not. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value as unknown)]));
  const isOpen = 'properties' in copy && copy['type'] === 'object' && !('additionalProperties' in copy);
  return (isOpen ? { ...copy, additionalProperties: false } : copy) as T;
}

/** The check of docs/openapi.json. */
export function openApiCheck() {
  const file = join(__dirname, '..', '..', 'docs', 'openapi.json');
  return createAnswerCheck(JSON.parse(readFileSync(file, 'utf8')) as ApiDocument);
}
