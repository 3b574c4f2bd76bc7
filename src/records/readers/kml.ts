/** KML as it arrives: one record for the map, one for each of its features (https://www.ogc.org/standards/kml). */
import { Parser, type Handler } from 'htmlparser2';

import { instantOf } from '../formats/instant';
import type { Json, JsonObject } from '../formats/json';
import { readText } from '../read/read-text';
import type { OpenMember, ReaderOutput } from '../read/reader';
import { geometryOf, isGeometry } from './kml-geometry';
import { jsonOf, textIn, type Element } from './kml-elements';

/** Elements within each other; KML of a map has ten at most. */
const deepest = 64;
/** Styles that are remembered; a map has a few for each icon and colour. */
const mostStyles = 5_000;
/** Characters of one style: an icon's address and some colours. */
const longestStyle = 10_000;

/** Elements with features in them, whose names are layers. */
const containers = new Set(['Document', 'Folder']);
/** Elements that are collected whole, with all that they hold. */
const wholes = new Set(['Placemark', 'Style', 'StyleMap']);
/** Elements of a feature that have fields of their own, or contain nothing about it. */
const known = new Set([
  'name',
  'description',
  'styleUrl',
  'ExtendedData',
  'address',
  'TimeStamp',
  'visibility',
  'open',
]);

interface Container {
  name: string | undefined;
  description: string | undefined;
}

/**
 * The text declares no entities of its own: a document type is refused, since one could make a short text expand
 * endlessly.
 *
 * @param place the name of the file, and the number of the first record
 * @returns the number of the record after the last one
 */
export async function readKml(
  member: OpenMember,
  out: ReaderOutput,
  { file, firstIndex }: { readonly file: string; readonly firstIndex: number },
): Promise<number> {
  const records = new KmlRecords(out, file, firstIndex);
  const parser = new Parser(records, { xmlMode: true, decodeEntities: true });
  let tail = '';
  const isWhole = await readText(
    member,
    out,
    (text) => {
      if (!records.isRefused) parser.write(text);
      tail = (tail + text).slice(-64);
    },
    () => records.index,
  );
  // Elements that are still open at the end are left out, since they are incomplete.
  if (isWhole && !records.isRefused && !/<\/kml\s*>\s*$/.test(tail)) out.problem('truncated', { index: records.index });
  await out.settle();
  return records.index;
}

/** Makes records of the tags as they come. */
class KmlRecords implements Partial<Handler> {
  /** True once the rest is not read. */
  isRefused = false;
  private depth = 0;
  private hasMap = false;
  private readonly layers: Container[] = [];
  private readonly styles = new Map<string, Json>();
  /** The elements around, from the one that is collected whole. */
  private readonly open: Element[] = [];
  private line: { readonly field: keyof Container; text: string } | undefined;

  constructor(
    private readonly out: ReaderOutput,
    private readonly file: string,
    public index: number,
  ) {}

  onopentag(name: string, attributes: Record<string, string>): void {
    const { open, layers } = this;
    this.depth += 1;
    if (this.depth > deepest) this.refuse();
    if (this.isRefused) return;
    const parent = open.at(-1);
    if (parent !== undefined || wholes.has(name)) {
      const element: Element = { name, attributes, text: '', children: [] };
      parent?.children.push(element);
      open.push(element);
    } else if (containers.has(name)) {
      if (layers.length > 0) this.writeMap();
      layers.push({ name: undefined, description: undefined });
    } else if (layers.length > 0 && (name === 'name' || name === 'description')) this.line = { field: name, text: '' };
    else if (name !== 'kml') this.out.drift(['KML', name]);
  }

  ontext(text: string): void {
    const into = this.open.at(-1) ?? this.line;
    if (into !== undefined) into.text += text;
  }

  onclosetag(name: string): void {
    const { open, layers, line } = this;
    this.depth -= 1;
    if (this.isRefused) return;
    const element = open.pop();
    if (element !== undefined) {
      if (open.length === 0) this.finish(element);
      return;
    }
    const layer = layers.at(-1);
    if (line !== undefined && layer !== undefined) {
      layer[line.field] = line.text.trim();
      this.line = undefined;
    } else if (containers.has(name)) {
      this.writeMap();
      layers.pop();
    }
  }

  onprocessinginstruction(name: string): void {
    if (name.toLowerCase() === '!doctype') this.refuse();
  }

  /** The record of the map comes before those of its features, once its name is known. */
  private writeMap(): void {
    if (this.hasMap) return;
    this.hasMap = true;
    const name = this.layers[0]?.name ?? '';
    const description = this.layers[0]?.description ?? '';
    const data = { name, file: this.file, ...(description !== '' && { description }) };
    this.out.record({ kind: 'own_map', index: this.index, data });
    this.index += 1;
  }

  private finish(element: Element): void {
    const { layers, styles, out } = this;
    if (element.name === 'Placemark') {
      this.writeMap();
      out.record(featureOf(element, layers, styles, this.index, out));
      this.index += 1;
    } else if (styles.size < mostStyles) rememberStyle(element, styles);
  }

  private refuse(): void {
    if (!this.isRefused) this.out.problem('syntax', { index: this.index });
    this.isRefused = true;
  }
}

/** A style by its id; one that names others by their use represents the normal one. */
function rememberStyle(element: Element, styles: Map<string, Json>): void {
  const id = element.attributes['id'];
  if (id === undefined) return;
  if (element.name === 'StyleMap') {
    const normal = element.children.find(({ children }) => textIn(children, 'key') === 'normal');
    const style = styles.get((textIn(normal?.children ?? [], 'styleUrl') ?? '').replace(/^#/, ''));
    if (style !== undefined) styles.set(id, style);
    return;
  }
  const style = jsonOf(element);
  if (JSON.stringify(style).length <= longestStyle) styles.set(id, style);
}

function featureOf(
  { children }: Element,
  [map, ...layers]: readonly Container[],
  styles: ReadonlyMap<string, Json>,
  index: number,
  out: ReaderOutput,
) {
  const geometry = children.find(({ name }) => isGeometry(name));
  const place = geometry === undefined ? undefined : geometryOf(geometry);
  if (geometry !== undefined && place === undefined) out.problem('unexpected_entry', { index });
  const others = children.filter((child) => child !== geometry && !known.has(child.name));
  const names = others.filter(({ name }) => name !== 'Style').map(({ name }) => name);
  if (names.length > 0) out.drift(['map_feature', ...names]);
  const styleUrl = textIn(children, 'styleUrl');
  const style = styles.get((styleUrl ?? '').replace(/^#/, ''));
  const time = children.find(({ name }) => name === 'TimeStamp')?.children.find(({ name }) => name === 'when')?.text;
  const facts = columnsIn(children.find(({ name }) => name === 'ExtendedData')?.children ?? []);
  const data: JsonObject = {
    ...texts({ map: map?.name, name: textIn(children, 'name'), description: textIn(children, 'description') }),
    ...texts({ address: textIn(children, 'address'), time: time?.trim(), styleUrl }),
    ...(layers.length > 0 && { layers: layers.map(({ name = '' }) => name) }),
    ...(place !== undefined && { geometry: place }),
    ...(Object.keys(facts).length > 0 && { extendedData: facts }),
    ...(style !== undefined && { style }),
    ...(others.length > 0 && { others: Object.fromEntries(others.map((child) => [child.name, jsonOf(child)])) }),
  };
  const occurredAt = time === undefined ? undefined : instantOf(time.trim());
  const hasUnreadTime = time !== undefined && occurredAt === undefined;
  return { kind: 'map_feature', index, occurredAt, hasUnreadTime, data } as const;
}

const texts = (fields: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => (field[1] ?? '') !== ''));

/** The columns of the layer's table: `Data` with a name each. */
function columnsIn(children: readonly Element[]): Record<string, string> {
  const pairs = children
    .filter(({ name }) => name === 'Data')
    .map((child) => [child.attributes['name'] ?? '', textIn(child.children, 'value') ?? ''] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}
