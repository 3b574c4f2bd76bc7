/** What a kind corresponds to in ActivityStreams 2.0 or schema.org, read from its description in src/records/kinds. */
import { kinds, type KindName } from '../kinds';

export type Vocabulary = 'as' | 'schema';

/** A property of the vocabulary, and the field of `data` that has its value. */
export interface MappedProperty {
  /** Such as `object.name`, as its parts. */
  readonly property: readonly string[];
  readonly field: readonly string[];
}

export interface Mapping {
  readonly vocabulary: Vocabulary;
  /** Such as `View`. A kind that may be one of several types has no type of its own. */
  readonly types: readonly string[];
  readonly properties: readonly MappedProperty[];
}

const prefixes: Readonly<Record<string, Vocabulary>> = { ActivityStreams: 'as', 'schema.org': 'schema' };
const whole = /^(ActivityStreams|schema\.org) ((?:`\w+`(?:, )?)+?)(?:, as for `(\w+)`)?(?:: (.+))?$/;
const pair = /^((?:`[\w.]+`(?: and )?)+) ← `([\w. ]+)`$/;
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
  const [, name = '', types = '', like, pairs] = whole.exec(text) ?? [];
  const vocabulary = prefixes[name];
  if (vocabulary === undefined) throw new Error(`the mapping of ${kind} cannot be read: ${text}`);
  const properties =
    like === undefined
      ? (pairs?.split(/, (?=`)/) ?? []).flatMap((each) => readPair(kind, each))
      : (mappingOf(like as KindName)?.properties ?? []);
  return { vocabulary, types: namesIn(types), properties };
}

/** Several properties of one field have their values in it, under their own names. */
function readPair(kind: KindName, text: string): MappedProperty[] {
  const [, targets, field] = pair.exec(text) ?? [];
  if (targets === undefined || field === undefined) throw new Error(`the mapping of ${kind} has no pair in "${text}"`);
  const names = namesIn(targets);
  const path = field.split('.');
  return names.map((name) => ({ property: name.split('.'), field: names.length > 1 ? [...path, name] : path }));
}

const namesIn = (text: string): string[] => [...text.matchAll(named)].map(([, name = '']) => name);
