/** Shapes of objects: their keys, in the order in which they come. Entries of one file have few shapes. */
import { viewOf } from './byte-words';

/** A field in canonical order. */
export interface Field {
  /** Its index in the object. */
  readonly member: number;
  /** Its key as JSON, with the characters before and after it. */
  readonly label: DataView;
}

/** How objects of a shape are written. */
export interface Order {
  readonly without: readonly string[];
  readonly kept: readonly Field[];
  /** Fields that were to be left out. */
  readonly rest: readonly Field[];
}

const nothing = Buffer.alloc(0);
/** Longer ones are not kept. */
const longestLead = 256;

export class Shape {
  /** The last shape with one key more: the next object probably has the same. */
  likely: Shape | undefined;
  /** The text before the last value: space, the last key, colon. Files written by a program have the same each time. */
  lead: Buffer = nothing;
  leadView = viewOf(nothing);
  private others: Map<string, Shape> | undefined;
  private names: readonly string[] | undefined;
  private members: Map<string, number> | undefined;
  private order: Order | undefined;
  private isRepetitive: boolean | undefined;
  /** The greatest byte of the last key; a key with an escape may contain any letter. */
  readonly highest: number;

  /**
   * @param number of the shape within its tree
   * @param before the shape without the last key
   * @param spelling the last key as it was written, in quotes
   * @param size how many keys there are
   */
  constructor(
    readonly number: number,
    private readonly before: Shape | undefined,
    readonly spelling: Buffer,
    readonly size: number,
  ) {
    this.highest = spelling.includes('\\') ? 0xff : spelling.reduce((most, byte) => Math.max(most, byte), 0);
  }

  /** The keys, as they come; the same list each time. */
  get keys(): readonly string[] {
    if (this.names === undefined) {
      const names: string[] = [];
      for (let shape = this as Shape; shape.before !== undefined; shape = shape.before) {
        names.push(JSON.parse(shape.spelling.toString('utf8')) as string);
      }
      this.names = names.reverse();
    }
    return this.names;
  }

  /** Whether a key occurs twice; the last one then counts. */
  get hasRepeatedKey(): boolean {
    this.isRepetitive ??= new Set(this.keys).size < this.size;
    return this.isRepetitive;
  }

  /** Which member has this key, the last one where there are several; undefined when there is none. */
  memberOf(key: string): number | undefined {
    this.members ??= new Map(this.keys.map((name, member) => [name, member]));
    return this.members.get(key);
  }

  orderWithout(without: readonly string[]): Order {
    if (this.order?.without !== without) {
      const names = [...new Set(this.keys)].toSorted();
      const fields = (chosen: readonly string[]): Field[] =>
        chosen.map((name) => ({
          member: this.memberOf(name) ?? 0,
          label: viewOf(Buffer.from(`,${JSON.stringify(name)}:`)),
        }));
      this.order = {
        without,
        kept: fields(names.filter((name) => !without.includes(name))),
        rest: fields(names.filter((name) => without.includes(name))),
      };
    }
    return this.order;
  }

  leadsFrom(source: Buffer, start: number, end: number): void {
    const { lead } = this;
    if (
      end - start > longestLead ||
      (lead.length === end - start && source.compare(lead, 0, lead.length, start, end) === 0)
    )
      return;
    this.lead = Buffer.from(source.subarray(start, end));
    this.leadView = viewOf(this.lead);
  }

  /** The shape with one key more. */
  with(spelling: string, make: () => Shape): Shape {
    this.others ??= new Map();
    let next = this.others.get(spelling);
    if (next === undefined) this.others.set(spelling, (next = make()));
    this.likely = next;
    return next;
  }
}

/** More shapes than Google's files have, and bytes of keys; a file with endlessly many is not kept in memory. */
const manyShapes = 1_024;
const manyBytes = 1024 * 1024;

export class ShapeTree {
  readonly all: Shape[] = [];
  /** Of the keys that are kept. */
  bytes = 0;
  private readonly roots: Shape[] = [];

  get isFull(): boolean {
    return this.all.length > manyShapes || this.bytes > manyBytes;
  }

  /** The shape without keys. Objects at the same depth are alike, so each depth has its own. */
  rootAt(depth: number): Shape {
    return this.roots[depth] ?? this.newRoot(depth);
  }

  private newRoot(depth: number): Shape {
    while (this.roots.length <= depth) {
      const root = new Shape(this.all.length, undefined, nothing, 0);
      this.roots.push(root);
      this.all.push(root);
    }
    return this.roots[depth] as Shape;
  }

  /** The shape that follows another with the key at this place. */
  next(shape: Shape, source: Buffer, start: number, end: number): Shape {
    return shape.with(source.toString('latin1', start, end), () => {
      const next = new Shape(this.all.length, shape, Buffer.from(source.subarray(start, end)), shape.size + 1);
      this.all.push(next);
      this.bytes += end - start;
      return next;
    });
  }
}
