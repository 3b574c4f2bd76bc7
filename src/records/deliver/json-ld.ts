/** Records as one document of JSON-LD 1.1: a page of ActivityStreams 2.0 whose items have the types of their kinds. */
import { isObject, type Json, type JsonObject } from '../formats/json';
import { kinds, type KindName } from '../kinds';
import type { Delivery, Line } from './line';
import { mappingOf, type Mapping, type Vocabulary } from './mapping';

/** Properties that hold an instant: the record's instant, which is read with certainty, and not the field's text. */
const instants = ['published', 'startTime', 'endTime', 'dateCreated', 'datePublished', 'uploadDate', 'ownedFrom'];
const links = ['url', 'hasMap', 'contentUrl'];

const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime';

const typed = (name: string, type: string): [string, JsonObject] => [name, { '@id': name, '@type': type }];

/** Published as docs/schemas/lines/context.jsonld, and part of every document, so that reading one needs no network. */
export const context: JsonObject = {
  '@version': 1.1,
  as: 'https://www.w3.org/ns/activitystreams#',
  schema: 'https://schema.org/',
  portage: 'urn:portage:',
  id: '@id',
  type: '@type',
  orderedItems: { '@id': 'as:items', '@container': '@list' },
  next: 'portage:next',
  cursor: 'portage:cursor',
  state: 'portage:state',
  resource: 'portage:resource',
  occurredAt: { '@id': 'portage:occurredAt', '@type': dateTime },
  data: { '@id': 'portage:data', '@type': '@json' },
  source: { '@id': 'portage:source', '@type': '@json' },
  ...Object.fromEntries(
    (['as', 'schema'] as const).flatMap((prefix) => [
      ...instants.map((name) => typed(`${prefix}:${name}`, dateTime)),
      ...links.map((name) => typed(`${prefix}:${name}`, '@id')),
    ]),
  ),
};

/**
 * The pieces of one document. It is valid JSON only when it is complete; the newest cursor and the position of the next
 * page come after the items.
 */
export async function* jsonLdPieces(lines: AsyncIterable<Line>): AsyncGenerator<string> {
  const nodeOf = createNodes();
  yield `{"@context":${JSON.stringify(context)},"type":"as:OrderedCollectionPage","orderedItems":[`;
  let separator = '\n';
  const marks: { cursor?: number; next?: string } = {};
  for await (const line of lines) {
    if ('cursor' in line) marks.cursor = line.cursor;
    else if ('next' in line) marks.next = line.next;
    else {
      yield separator + JSON.stringify(nodeOf(line));
      separator = ',\n';
    }
  }
  const ends = Object.entries(marks).map(([name, value]) => `,"${name}":${JSON.stringify(value)}`);
  yield `\n]${ends.join('')}}\n`;
}

function createNodes(): (line: Delivery) => object {
  const mappings = new Map<KindName, Mapping | undefined>();
  for (const kind of Object.keys(kinds) as KindName[]) mappings.set(kind, mappingOf(kind));
  return (line) => {
    const { key, resource, state } = line;
    const id = `urn:portage:record:${key}`;
    if (!('data' in line)) {
      return { id, type: 'as:Tombstone', state, resource, source: { exportId: line.exportId } };
    }
    const { kind, occurredAt, data, source } = line;
    const mapping = mappings.get(kind);
    return {
      ...{ id, type: [`portage:${kind}`, ...typesOf(mapping, data)], state, resource },
      ...(occurredAt !== undefined && { occurredAt }),
      ...mapped(mapping, data, occurredAt),
      ...{ data, source },
    };
  };
}

function typesOf(mapping: Mapping | undefined, data: JsonObject): string[] {
  const decides = mapping?.typeOf === undefined ? undefined : data[mapping.typeOf.field];
  const type = mapping?.type ?? (typeof decides === 'string' ? mapping?.typeOf?.types.get(decides) : undefined);
  return mapping === undefined || type === undefined ? [] : [`${mapping.vocabulary}:${type}`];
}

function mapped(mapping: Mapping | undefined, data: JsonObject, occurredAt: string | undefined): JsonObject {
  const node: JsonObject = {};
  for (const { property, field, isLinkOnly } of mapping?.properties ?? []) {
    const own = valueAt(data, field);
    if (isLinkOnly && !isAddress(own)) continue;
    const vocabulary = mapping?.vocabulary ?? 'as';
    const last = property.at(-1) ?? '';
    const value = instants.includes(last) ? occurredAt : valueOf(vocabulary, last, own);
    if (value !== undefined) put(node, vocabulary, property, value);
  }
  return node;
}

const valueAt = (data: JsonObject, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), data);

/** Properties whose value is a thing, not a text: a text becomes its address when it is one, and its name otherwise. */
const things = ['object', 'generator', 'context', 'parentItem', 'itemReviewed'];

function valueOf(vocabulary: Vocabulary, property: string, value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value)) return value.flatMap((each) => valueOf(vocabulary, property, each) ?? []);
  if (property === 'geo') return pointOf(value);
  if (isObject(value)) return plainFields(vocabulary, value);
  if (links.includes(property)) return isAddress(value) ? value : undefined;
  if (!things.includes(property)) return value;
  return { [`${vocabulary}:${isAddress(value) ? 'url' : 'name'}`]: value };
}

const isAddress = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^https?:\/\/\S+$/.test(value) && URL.canParse(value);

/** Properties of a thing within a record that have the same name in both vocabularies; `data` has all of it. */
function plainFields(vocabulary: Vocabulary, value: JsonObject): JsonObject | undefined {
  const fields = ['name', 'url', 'address'].flatMap((name) => {
    const own = value[name];
    const isKept = typeof own === 'string' && own !== '' && (name !== 'url' || isAddress(own));
    return isKept ? [[`${vocabulary}:${name}`, own]] : [];
  });
  return fields.length === 0 ? undefined : (Object.fromEntries(fields) as JsonObject);
}

/** GeoJSON has the longitude first. */
function pointOf(geometry: Json): Json | undefined {
  const [longitude, latitude] =
    isObject(geometry) && Array.isArray(geometry['coordinates']) ? geometry['coordinates'] : [];
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined;
  return { type: 'schema:GeoCoordinates', 'schema:longitude': longitude, 'schema:latitude': latitude };
}

/**
 * Puts a value at a path such as `object.name`; a text that is already on the path becomes the thing's address or name.
 */
function put(node: JsonObject, vocabulary: Vocabulary, path: readonly string[], value: Json): void {
  const [first = '', ...rest] = path.map((name) => `${vocabulary}:${name}`);
  if (rest.length === 0) {
    const there = node[first];
    node[first] = isObject(there) && isObject(value) ? { ...there, ...value } : value;
    return;
  }
  const inner = isObject(node[first]) ? node[first] : {};
  node[first] = inner;
  put(inner, vocabulary, path.slice(1), value);
}
