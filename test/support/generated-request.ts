/** Requests made by chance from docs/openapi.json: such as the document allows, and such with one fault or several. */
import fc from 'fast-check';

import type { ApiDocument, DescribedOperation, Parameter, Schema } from './api-document';

export interface GeneratedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Whether the document allows it; the ids in it may still be unknown. */
  readonly isAllowed: boolean;
}

/** A value and whether its schema allows it. */
interface Chosen<T = unknown> {
  readonly value: T;
  readonly isAllowed: boolean;
}

/** Values of fields that exist, by the field's name; they are taken mostly. */
export type KnownFields = Readonly<Record<string, readonly unknown[]>>;

/** Values that a schema of this document allows. @throws Error for a schema that this function does not know */
export function allowedValue(document: ApiDocument, given: Schema, known: KnownFields = {}): fc.Arbitrary<unknown> {
  const schema = document.resolve(given);
  const inner = (part: Schema, name?: string): fc.Arbitrary<unknown> => {
    const values = allowedValue(document, part, known);
    const existing = name === undefined ? undefined : known[name];
    if (existing === undefined) return values;
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...existing) }, { weight: 1, arbitrary: values });
  };
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((part) => inner(part)));
  switch (schema.type) {
    case 'string':
      return allowedText(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1_000, 2 ** 31 - 1) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(schema.items ?? { type: 'string' }), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, 3)),
      });
    case 'object':
      return allowedObject(schema, inner);
    default:
      throw new Error(`there is no generator for the schema ${JSON.stringify(schema).slice(0, 200)}`);
  }
}

function allowedText({ pattern, format, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    return fc
      .date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2090-01-01') })
      .map((date) => date.toISOString());
  }
  if (format === 'uri') return fc.webUrl({ validSchemes: ['https'] });
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 30), unit: 'grapheme-ascii' });
}

function allowedObject(
  schema: Schema,
  inner: (part: Schema, name?: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const { properties, required = [], propertyNames, additionalProperties } = schema;
  if (properties !== undefined) {
    const fields = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, inner(part, name)]));
    return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  }
  const value = typeof additionalProperties === 'object' ? inner(additionalProperties) : fc.string();
  const name = propertyNames === undefined ? fc.string() : (inner(propertyNames) as fc.Arbitrary<string>);
  return fc.dictionary(name, value, { maxKeys: 3 });
}

/** Text as an attacker might send it. */
const strangeText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('', ' ', '\0', '../../etc/passwd', '%00', "'; drop table consents; --", '0', '-1', '1e99', 'null'),
  fc.constantFrom(
    'x'.repeat(3_000),
    '\u{1F600}'.repeat(50),
    '\u202Egpj',
    'con_01',
    'NaN',
    '__proto__',
    '[object Object]',
  ),
);

const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  strangeText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, -1, 1e300, [], {}, [[[[]]]], { $ref: '#' }),
);

/** An object with one of its fields changed, taken away or added. */
function spoiled(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return strangeValue;
  const names = Object.keys(value);
  const added = fc.tuple(strangeText, strangeValue).map(([name, other]) => ({ ...value, [name]: other }));
  if (names.length === 0) return fc.oneof(added, strangeValue);
  const changed = fc
    .tuple(fc.constantFrom(...names), strangeValue)
    .map(([name, other]) => ({ ...value, [name]: other }));
  const taken = fc
    .constantFrom(...names)
    .map((name) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)));
  return fc.oneof(changed, taken, added, strangeValue);
}

const chosen = <T>(values: fc.Arbitrary<T>, isAllowed: boolean): fc.Arbitrary<Chosen<T>> =>
  values.map((value) => ({ value, isAllowed }));

/** Existing ids, so that some of the requests name a resource. */
export interface Known {
  /** Values of a path parameter, by the document's path and the parameter's name. */
  readonly inPath: (path: string, name: string) => readonly string[];
  readonly fields: KnownFields;
  /** Bodies that succeed, by the id of the operation, where chance alone rarely makes one. */
  readonly bodies: Readonly<Record<string, unknown>>;
}

/** @param key a valid API key with every scope */
export function generatedRequest(
  document: ApiDocument,
  operation: DescribedOperation,
  { key, known }: { readonly key: string; readonly known: Known },
): fc.Arbitrary<GeneratedRequest> {
  const { method, path, parameters, body, needsKey } = operation;
  const inPath = parameters.filter((each) => each.in === 'path');
  const places = fc.tuple(...inPath.map((each) => placeIn(document, path, each, known)));
  const query = queryOf(
    document,
    parameters.filter((each) => each.in === 'query'),
  );
  const headers = fc.oneof(
    { weight: 8, arbitrary: fc.constant<Chosen<Record<string, string>>>({ value: bearer(key), isAllowed: true }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Chosen<Record<string, string>>>(
        ...[{}, bearer('x'), bearer(`${key}x`), { authorization: 'Basic eDp5' }, { authorization: '' }].map(
          (value) => ({
            value: value,
            isAllowed: !needsKey,
          }),
        ),
      ),
    },
  );
  return fc
    .tuple(places, query, headers, bodyOf(document, body, known, operation.operationId))
    .map(([values, asked, sent, content]) => {
      const address = inPath.reduce(
        (text, { name }, index) =>
          text.replace(`{${name}}`, encodeURIComponent(wellFormed(values[index]?.value ?? ''))),
        path,
      );
      const text = asked.value.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
      return {
        ...{ method, path: text === '' ? address : `${address}?${text}`, body: content.value.text },
        headers: { ...sent.value, ...content.value.headers },
        isAllowed: sent.isAllowed && asked.isAllowed && content.isAllowed && values.every((each) => each.isAllowed),
      };
    });
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
/** `encodeURIComponent` refuses half a surrogate pair. */
const wellFormed = (text: string) => Buffer.from(text, 'utf8').toString('utf8');
const encode = (text: string) => encodeURIComponent(wellFormed(text));

function placeIn(
  document: ApiDocument,
  path: string,
  { name, schema }: Parameter,
  known: Known,
): fc.Arbitrary<Chosen<string>> {
  const existing = known.inPath(path, name);
  const text = (value: unknown) => String(value);
  const allowed = chosen(allowedValue(document, schema).map(text), true).filter(({ value }) => value !== '');
  // A path that is resolved by the client itself asks for something else.
  const strange = chosen(
    strangeText.filter((value) => !['', '.', '..'].includes(value)),
    false,
  );
  if (existing.length === 0) return fc.oneof(allowed, strange);
  return fc.oneof({ weight: 4, arbitrary: chosen(fc.constantFrom(...existing), true) }, allowed, strange);
}

function queryOf(document: ApiDocument, parameters: readonly Parameter[]): fc.Arbitrary<Chosen<[string, string][]>> {
  const one = (parameter: Parameter): fc.Arbitrary<Chosen<[string, string][]>> => {
    const { name, schema } = parameter;
    const allowed = allowedValue(document, schema).map((value) =>
      (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
    );
    const strange = strangeText.map((value): [string, string][] => [[name, value]]);
    const left = fc.constant<[string, string][]>([]);
    return fc.oneof(
      { weight: 3, arbitrary: chosen(left, isOptional(parameter)) },
      { weight: 3, arbitrary: chosen(allowed, true) },
      { weight: 1, arbitrary: chosen(strange, false) },
    );
  };
  const unknown = fc.oneof(
    { weight: 9, arbitrary: chosen(fc.constant<[string, string][]>([]), true) },
    {
      weight: 1,
      arbitrary: chosen(
        fc.tuple(strangeText, strangeText).map((pair): [string, string][] => [pair]),
        false,
      ),
    },
  );
  const any = fc.tuple(...parameters.map(one), unknown).map((parts) => ({
    value: parts.flatMap(({ value }) => value),
    isAllowed: parts.every(({ isAllowed }) => isAllowed),
  }));
  const none = fc.constant<Chosen<[string, string][]>>({ value: [], isAllowed: parameters.every(isOptional) });
  // Of many parameters one is mostly wrong: without any, a request to an existing resource succeeds.
  return fc.oneof({ weight: 2, arbitrary: any }, { weight: 1, arbitrary: none });
}

const isOptional = ({ required }: Parameter) => required !== true;

interface Content {
  readonly text: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

function bodyOf(
  document: ApiDocument,
  schema: Schema | undefined,
  known: Known,
  operationId: string,
): fc.Arbitrary<Chosen<Content>> {
  const json = (value: unknown): Content => ({
    text: JSON.stringify(value),
    headers: { 'content-type': 'application/json' },
  });
  const none: Chosen<Content> = { value: { text: undefined, headers: {} }, isAllowed: schema === undefined };
  if (schema === undefined) return fc.constant(none);
  const made = allowedValue(document, schema, known.fields);
  const body = known.bodies[operationId];
  const allowed = body === undefined ? made : fc.oneof(made, fc.constant(body));
  const other = fc.constantFrom<Content>(
    { text: '{"userId":', headers: { 'content-type': 'application/json' } },
    { text: '\uFEFF{}', headers: { 'content-type': 'application/json' } },
    { text: '{}', headers: { 'content-type': 'text/plain' } },
    { text: 'userId=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { text: '{}', headers: { 'content-type': 'application/json; charset=utf-7' } },
    { text: '{}', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
    { text: JSON.stringify({ userId: 'x'.repeat(100_000) }), headers: { 'content-type': 'application/json' } },
    { text: '['.repeat(20_000), headers: { 'content-type': 'application/json' } },
    { text: '['.repeat(30_000) + ']'.repeat(30_000), headers: { 'content-type': 'application/json' } },
  );
  return fc.oneof(
    { weight: 5, arbitrary: chosen(allowed.map(json), true) },
    { weight: 4, arbitrary: chosen(allowed.chain(spoiled).map(json), false) },
    { weight: 1, arbitrary: chosen(other, false) },
    { weight: 1, arbitrary: fc.constant(none) },
  );
}
