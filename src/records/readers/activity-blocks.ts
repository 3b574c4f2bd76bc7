/**
 * The entries of a page of My Activity: each is a block of cells, and only cells contain text (docs/google-api.md §A4).
 */
import type { TagSink } from '../formats/html-pieces';

/** A line of a cell: the text up to a line break, with the first link in it. */
export interface Line {
  text: string;
  /** The text with its original kinds of space. */
  written?: string;
  url?: string;
  isLabel: boolean;
}

export interface Block {
  header: string;
  body: Line[];
  caption: Line[];
}

type Cell = 'header' | 'body' | 'caption';

export interface BlockSink {
  block(block: Block, index: number): void;
  /** Something of an entry, or around it, is not as expected. */
  broken(index: number): void;
}

export class ActivityBlocks implements TagSink {
  /** Number of the entry that is being read. */
  index = 0;
  /** Blocks that have begun. */
  begun = 0;
  private block: Block | undefined;
  private cells = new Set<Cell>();
  private cell: Cell | undefined;
  private depth = 0;
  private cellDepth = 0;
  private line: Line = { text: '', isLabel: false };
  /** Whether the next content is a cell without content of its own. */
  private isPassing = false;
  private isReported = false;

  constructor(private readonly sink: BlockSink) {}

  get isWithinCell(): boolean {
    return this.cell !== undefined;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'div') this.openDiv((attributes['class'] ?? '').split(' '));
    else if (name === 'br') this.breakLine();
    else if (name === 'b' && this.cell === 'caption') {
      this.breakLine();
      this.line.isLabel = true;
    } else if (name === 'a' && attributes['href'] !== undefined) this.line.url ??= attributes['href'];
  }

  text(text: string): void {
    if (this.cell !== undefined) this.line.text += text;
    else if (this.block !== undefined && !this.isPassing && /\S/.test(text)) this.reportBroken();
  }

  close(name: string): void {
    if (name === 'b' && this.line.isLabel) this.breakLine();
    if (name !== 'div') return;
    if (this.depth === this.cellDepth) {
      if (this.cell !== undefined) this.breakLine();
      this.cell = undefined;
      this.isPassing = false;
    }
    this.depth -= 1;
  }

  tooDeep(): void {
    this.reportBroken();
    this.drop();
    this.depth = 0;
  }

  /** Ends the block that is being read, if there is one. */
  finish(): void {
    const { block } = this;
    if (block === undefined) return;
    this.breakLine();
    if (block.body.length > 0) this.sink.block(block, this.index);
    else this.reportBroken();
    this.index += 1;
    this.drop();
  }

  /** Forgets the block that is being read. */
  drop(): void {
    this.block = undefined;
    this.cell = undefined;
    this.isPassing = false;
  }

  private openDiv(classes: readonly string[]): void {
    this.depth += 1;
    if (classes.includes('outer-cell')) {
      this.begin();
      return;
    }
    const kind = cellOf(classes);
    if (kind === undefined) return;
    // A second cell of a kind, or one without a block, belongs to another entry, whose beginning was not met.
    if (kind !== 'other' && (this.block === undefined || this.cells.has(kind))) {
      this.reportBroken();
      this.begin();
      this.isReported = true;
    }
    this.breakLine();
    this.isPassing = kind === 'other';
    this.cell = kind === 'other' ? undefined : kind;
    if (this.cell !== undefined) this.cells.add(this.cell);
    this.cellDepth = this.depth;
  }

  private begin(): void {
    this.finish();
    this.block = { header: '', body: [], caption: [] };
    this.cells = new Set();
    this.isReported = false;
    this.begun += 1;
  }

  private breakLine(): void {
    const { block, cell, line } = this;
    const text = line.text.replaceAll(/[\s\u00a0\u2003]+/g, ' ').trim();
    if (block !== undefined && cell !== undefined && cell !== 'header' && (text !== '' || line.url !== undefined)) {
      block[cell].push({ ...line, text, written: line.text.replaceAll(/[ \t\r\n\f]+/g, ' ').trim() });
    }
    if (block !== undefined && cell === 'header') block.header += text;
    this.line = { text: '', isLabel: false };
  }

  /** Once for an entry. */
  private reportBroken(): void {
    if (!this.isReported) this.sink.broken(this.index);
    this.isReported = true;
  }
}

function cellOf(classes: readonly string[]): Cell | 'other' | undefined {
  if (classes.includes('header-cell')) return 'header';
  if (!classes.includes('content-cell')) return undefined;
  if (classes.includes('mdl-typography--text-right')) return 'other';
  if (classes.includes('mdl-typography--body-1')) return 'body';
  return classes.includes('mdl-typography--caption') ? 'caption' : undefined;
}
