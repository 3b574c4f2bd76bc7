/**
 * Compares two OpenAPI documents by the parts on which a host app relies. The packages for this do not read OpenAPI
 * 3.1, or are programs that npm does not install.
 */

type Json = Readonly<Record<string, unknown>>;
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components?: Json;
}

/** A field, or the elements of a list, at a place such as `exports[].id`. */
interface Field {
  readonly isRequired: boolean;
  /** Its types and, of a request, its permitted values, as text to compare. */
  readonly type: string;
}
type Fields = ReadonlyMap<string, Field>;

/** @returns removals and additional requirements of the next document; empty when host apps need not change */
export function breakingChanges(released: ApiDocument, next: ApiDocument): string[] {
  return Object.entries(released.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, before]) => {
      const after = next.paths[path]?.[method];
      const changes =
        after === undefined
          ? ['the operation was removed']
          : [
              ...requestChanges(requestOf(released, before), requestOf(next, after)),
              ...answerChanges(answersOf(released, before), answersOf(next, after)),
            ];
      return changes.map((change) => `${method.toUpperCase()} ${path}: ${change}`);
    }),
  );
}

function requestChanges(before: Fields, after: Fields): string[] {
  return [
    ...removed(before, after),
    ...[...after]
      .filter(([place, { isRequired }]) => isRequired && before.get(place)?.isRequired !== true)
      // A new optional object may have fields that it needs.
      .filter(([place]) => before.has(place) || isParentIn(before, place))
      .map(([place]) => `${place} is required now`),
  ];
}

function answerChanges(before: Fields, after: Fields): string[] {
  return [
    ...removed(before, after),
    ...[...before]
      .filter(([place, { isRequired }]) => isRequired && after.get(place)?.isRequired === false)
      .map(([place]) => `${place} may be absent now`),
  ];
}

function removed(before: Fields, after: Fields): string[] {
  return [...before].flatMap(([place, { type }]) => {
    const now = after.get(place);
    if (now === undefined) return [`${place} was removed`];
    return type === now.type ? [] : [`${place} was ${type} and is ${now.type}`];
  });
}

const isParentIn = (fields: Fields, place: string) => {
  const parent = place.slice(0, place.lastIndexOf('.'));
  return !parent.includes('.') || fields.has(parent) || fields.has(parent.replace(/\[\]$/, ''));
};

/** Parameters and fields of the body. */
function requestOf(document: ApiDocument, operation: Json): Fields {
  const parameters = list(operation['parameters']).map((each): [string, Field] => [
    `${String(each['in'])}.${String(each['name'])}`,
    { isRequired: each['required'] === true, type: typeOf(object(each['schema'])) },
  ]);
  const body = object(object(object(operation['requestBody'])['content'])['application/json']);
  return new Map([...parameters, ...fieldsOf(document, object(body['schema']), 'body')]);
}

/** Fields of the answers to requests that succeed, by status and media type. Codes of errors are values of one field. */
function answersOf(document: ApiDocument, operation: Json): Fields {
  const successes = Object.entries(object(operation['responses'])).filter(([status]) => status.startsWith('2'));
  return new Map(
    successes.flatMap(([status, response]) => [
      [status, { isRequired: true, type: 'answer' }] as const,
      ...Object.entries(object(object(response)['content'])).flatMap(([mediaType, content]) => [
        [`${status} ${mediaType}`, { isRequired: true, type: 'answer' }] as const,
        ...fieldsOf(document, object(object(content)['schema']), `${status} ${mediaType}`),
      ]),
    ]),
  );
}

function* fieldsOf(
  document: ApiDocument,
  schema: Json,
  place: string,
  seen: readonly unknown[] = [],
): Generator<[string, Field]> {
  const whole = resolved(document, schema);
  if (Object.keys(whole).length === 0 || seen.includes(whole)) return;
  const within = [...seen, whole];
  const required = Array.isArray(whole['required']) ? whole['required'] : [];
  for (const [name, field] of Object.entries(object(whole['properties']))) {
    const type = typeOf(resolved(document, object(field)));
    yield [`${place}.${name}`, { isRequired: required.includes(name), type }];
    yield* fieldsOf(document, object(field), `${place}.${name}`, within);
  }
  for (const each of [...list(whole['anyOf']), ...list(whole['oneOf']), ...list(whole['allOf'])]) {
    yield* fieldsOf(document, each, place, within);
  }
  yield* fieldsOf(document, object(whole['items']), `${place}[]`, within);
  yield* fieldsOf(document, object(whole['additionalProperties']), `${place}.*`, within);
}

/** The types that a value may have, in order. */
function typeOf(schema: Json): string {
  const types = list(schema['anyOf']).map(typeOf);
  if (types.length > 0) return [...new Set(types)].toSorted().join(' or ');
  return JSON.stringify(schema['type'] ?? schema['$ref'] ?? 'anything');
}

function resolved(document: ApiDocument, schema: Json): Json {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const names = ref.split('/').slice(1);
  return object(names.reduce<unknown>((value, name) => object(value)[name], document));
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : []);
