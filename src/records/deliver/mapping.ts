/** The counterpart of a kind in ActivityStreams 2.0 or schema.org, read from its description in src/records/kinds. */
import { kinds, type KindName } from '../kinds';

export type Vocabulary = 'as' | 'schema';

/** A property of the vocabulary, and the field of `data` that has its value. */
export interface MappedProperty {
  /** Such as `object.name`, as its parts. */
  readonly property: readonly string[];
  readonly field: readonly string[];
  /** The field may hold another value, which is not this property. */
  readonly isLinkOnly: boolean;
}

export interface Mapping {
  readonly vocabulary: Vocabulary;
  /** Such as `View`; undefined when the kind may be one of several. */
  readonly type?: string | undefined;
  /** The type by the value of a field, where a field decides it. */
  readonly typeOf?: { readonly field: string; readonly types: ReadonlyMap<string, string> };
  readonly properties: readonly MappedProperty[];
}

const prefixes: Readonly<Record<string, Vocabulary>> = { ActivityStreams: 'as', 'schema.org': 'schema' };
const name = '`[^`]+`';
/** Vocabulary, types, a field that decides between them, another kind with the same properties, properties. */
const plain = new RegExp(
  `^(ActivityStreams|schema\\.org) (${name}(?:(?:,| or) ${name})*)(?: by ${name})?(?:, as for \`(\\w+)\`)?(?:: (.+))?$`,
);
/** One type for each value of a field. */
const byField = new RegExp(`^(ActivityStreams|schema\\.org) by \`([^\`]+)\`: ([^;]+)(?:; (.+))?$`);
const typeFor = /`(\w+)` for `(\w+)`/g;
/** Without a field, the property has that of the same name. */
const pair = /^(`[\w.]+`(?: and `[\w.]+`)*)(?: ← `([\w. ]+)`( where it is a link(?: \([^)]+\))?)?)?$/;
const named = /`([^`]+)`/g;

/**
 * Reads texts such as "ActivityStreams `View`: `object` ← `url`, `object.name` ← `title`".
 *
 * @returns undefined for a kind that corresponds to nothing
 * @throws Error when the text has another form
 */
export function mappingOf(kind: KindName): Mapping | undefined {
  const { mapping: text } = kinds[kind];
  if (text === undefined) return undefined;
  const [, decided = '', field = '', cases = '', properties] = byField.exec(text) ?? [];
  if (field !== '') {
    const types = new Map([...cases.matchAll(typeFor)].map(([, type = '', value = '']) => [value, type]));
    return { ...vocabularyOf(kind, decided), typeOf: { field, types }, properties: readPairs(kind, properties) };
  }
  const [, prefix = '', types = '', like, pairs] = plain.exec(text) ?? [];
  return {
    ...vocabularyOf(kind, prefix),
    // The text does not decide between several types.
    type: namesIn(types).length === 1 ? namesIn(types)[0] : undefined,
    properties: like === undefined ? readPairs(kind, pairs) : (mappingOf(like as KindName)?.properties ?? []),
  };
}

function vocabularyOf(kind: KindName, text: string): { readonly vocabulary: Vocabulary } {
  const vocabulary = prefixes[text];
  if (vocabulary === undefined) throw new Error(`the mapping of ${kind} cannot be read: ${kinds[kind].mapping ?? ''}`);
  return { vocabulary };
}

const readPairs = (kind: KindName, text: string | undefined): MappedProperty[] =>
  (text?.split(/, (?=`)/) ?? []).flatMap((each) => readPair(kind, each));

/** Several properties of one field have their values in it, under their own names. */
function readPair(kind: KindName, text: string): MappedProperty[] {
  const [, targets, field, condition] = pair.exec(text) ?? [];
  if (targets === undefined) throw new Error(`the mapping of ${kind} has no pair in "${text}"`);
  const names = namesIn(targets);
  const path = (field ?? names[0] ?? '').split('.');
  return names.map((property) => ({
    property: property.split('.'),
    field: names.length > 1 ? [...path, property] : path,
    isLinkOnly: condition !== undefined,
  }));
}

const namesIn = (text: string): string[] => [...text.matchAll(named)].map(([, each = '']) => each);
