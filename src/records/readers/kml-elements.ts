/** Elements of XML that were collected with all that they hold. */
import type { Json } from '../formats/json';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: Element[];
}

/** The text of the first child of a name. */
export function textIn(children: readonly Element[], name: string): string | undefined {
  return children.find((child) => child.name === name)?.text.trim();
}

/** An element as JSON: text where it has no children, else its children by name, a list where a name repeats. */
export function jsonOf({ text, children }: Element): Json {
  if (children.length === 0) return text.trim();
  const byName = new Map<string, Json[]>();
  for (const child of children) {
    const others = byName.get(child.name);
    if (others === undefined) byName.set(child.name, [jsonOf(child)]);
    else others.push(jsonOf(child));
  }
  return Object.fromEntries(
    [...byName].map(([name, [first = '', ...more]]) => [name, more.length > 0 ? [first, ...more] : first]),
  );
}
