/** Reads Markdown with the parser of Prettier, which formats the same files: code blocks, inline code, and their lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parsers } from 'prettier/plugins/markdown';

export interface CodeBlock {
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** The text after the opening fence; null without one. */
  readonly language: string | null;
  readonly text: string;
  /** The HTML comments directly before the block, without their brackets, in order. */
  readonly comments: readonly string[];
  /** Index of the block directly before this one, with nothing in between. */
  readonly follows: number | undefined;
}

export interface InlineCode {
  readonly line: number;
  readonly text: string;
  /** The inline code that opens the same row of a table; undefined outside tables. */
  readonly rowOf: string | undefined;
}

export interface Document {
  readonly blocks: readonly CodeBlock[];
  readonly inline: readonly InlineCode[];
}

/** The used fields of a node of Prettier's syntax tree (https://github.com/syntax-tree/mdast). */
interface Node {
  readonly type: string;
  readonly lang?: string | null;
  readonly value?: string;
  readonly children?: readonly Node[];
  readonly position: { readonly start: { readonly line: number } };
}

/** Paths of the pages in the root and of every page below docs, relative to the repository. */
export function documentPaths(root: string): string[] {
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const paths = [...readdirSync(root), ...below.map((path) => join('docs', path))];
  return paths.filter((path) => path.endsWith('.md')).sort();
}

export function readDocument(root: string, path: string): Document {
  return parseDocument(readFileSync(join(root, path), 'utf8'));
}

export function parseDocument(markdown: string): Document {
  const blocks: CodeBlock[] = [];
  const inline: InlineCode[] = [];
  const indexes = new Map<Node, number>();

  const visit = (node: Node, before: readonly Node[], rowOf: string | undefined): void => {
    const { line } = node.position.start;
    if (node.type === 'code') {
      const own = commentsBefore(before);
      const previous = before.at(-1);
      indexes.set(node, blocks.length);
      blocks.push({
        line,
        language: node.lang ?? null,
        text: node.value ?? '',
        comments: own,
        follows: previous === undefined ? undefined : indexes.get(previous),
      });
    }
    if (node.type === 'inlineCode') inline.push({ line, text: (node.value ?? '').replaceAll('\n', ' '), rowOf });
    const row = node.type === 'tableRow' ? firstInlineCode(node) : rowOf;
    node.children?.forEach((child, index, all) => visit(child, all.slice(0, index), row));
  };
  visit(parsers.markdown.parse(markdown, { originalText: markdown } as never) as Node, [], undefined);
  return { blocks, inline };
}

function commentsBefore(siblings: readonly Node[]): string[] {
  const html: string[] = [];
  for (const { type, value = '' } of siblings.toReversed()) {
    if (type !== 'html') break;
    html.unshift(value);
  }
  return [...html.join('\n').matchAll(/<!--([^]*?)-->/g)].map((match) => (match[1] ?? '').trim());
}

function firstInlineCode(node: Node): string | undefined {
  if (node.type === 'inlineCode') return node.value;
  for (const child of node.children ?? []) {
    const code = firstInlineCode(child);
    if (code !== undefined) return code;
  }
  return undefined;
}
