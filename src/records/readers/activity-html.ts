/** My Activity as HTML: one block of cells per entry, its time in the language of the account (docs/google-api.md §A4). */
import { Parser } from 'htmlparser2';

import { instantOfText } from '../formats/instant';
import { isObject, type JsonObject } from '../formats/json';
import { captionOf } from '../locales/names';
import { textOf } from '../read/read-entries';
import { readText } from '../read/read-text';
import type { OpenMember, Reader, ReaderOutput } from '../read/reader';
import { activityResources } from './activity-json';
import { activityMeaning, type ActivityFacts } from './activity-meaning';

/** A line of a cell: the text up to a line break, with the first link in it. */
interface Line {
  text: string;
  /** The text with the kinds of space that it was written with. */
  written?: string;
  url?: string;
  isLabel: boolean;
}

interface Block {
  header: string;
  body: Line[];
  caption: Line[];
}

type Cell = 'header' | 'body' | 'caption';

export const activityHtml: Reader = {
  resources: activityResources,
  services: ['MY_ACTIVITY'],
  kinds: ['activity'],
  format: 'html',
  accepts: (sample) => /class="[^"]*\bouter-cell\b/.test(sample.text),
  read: async (member, out) => {
    let block: Block | undefined;
    let cell: Cell | undefined;
    let depth = 0;
    let cellDepth = 0;
    let line: Line = { text: '', isLabel: false };
    let index = 0;
    /** The end of the text, in which the last tag stands. */
    let tail = '';

    const breakLine = () => {
      const text = line.text.replaceAll(/[\s\u00a0\u2003]+/g, ' ').trim();
      if (block !== undefined && cell !== undefined && cell !== 'header' && (text !== '' || line.url !== undefined)) {
        block[cell].push({ ...line, text, written: line.text.replaceAll(/[ \t\r\n\f]+/g, ' ').trim() });
      }
      if (block !== undefined && cell === 'header') block.header += text;
      line = { text: '', isLabel: false };
    };
    const finish = () => {
      if (block === undefined) return;
      breakLine();
      if (block.body.length > 0) record(member, out, index, block);
      else out.problem('syntax', { index });
      index += 1;
      block = undefined;
      cell = undefined;
    };
    const parser = new Parser({
      onopentag: (name, attributes) => {
        const classes = (attributes['class'] ?? '').split(' ');
        if (name === 'div') {
          depth += 1;
          if (classes.includes('outer-cell')) {
            finish();
            block = { header: '', body: [], caption: [] };
          } else if (block !== undefined) {
            const kind = cellOf(classes);
            if (kind === undefined) return;
            breakLine();
            cell = kind;
            cellDepth = depth;
          }
        } else if (name === 'br') breakLine();
        else if (name === 'b' && cell === 'caption') {
          breakLine();
          line.isLabel = true;
        } else if (name === 'a' && attributes['href'] !== undefined) line.url ??= attributes['href'];
      },
      ontext: (text) => {
        if (cell !== undefined) line.text += text;
      },
      onclosetag: (name) => {
        if (name === 'b' && line.isLabel) breakLine();
        if (name !== 'div') return;
        if (cell !== undefined && depth === cellDepth) {
          breakLine();
          cell = undefined;
        }
        depth -= 1;
      },
    });
    const isWhole = await readText(
      member,
      out,
      (text) => {
        parser.write(text);
        tail = (tail + text).slice(-64);
      },
      () => index,
    );
    // The file ends within a cell: what is there of the entry is not all of it.
    if (cell !== undefined && isWhole) {
      out.problem('truncated', { index });
      block = undefined;
    } else if (isWhole && !member.isLengthAsStated && !/<\/html>\s*$/i.test(tail)) {
      // Between two entries, or within the tags around them: the entries that are there are whole.
      out.problem('truncated', { index });
    }
    if (isWhole) finish();
    await out.settle();
  },
};

function cellOf(classes: readonly string[]): Cell | undefined {
  if (classes.includes('header-cell')) return 'header';
  if (!classes.includes('content-cell') || classes.includes('mdl-typography--text-right')) return undefined;
  if (classes.includes('mdl-typography--body-1')) return 'body';
  return classes.includes('mdl-typography--caption') ? 'caption' : undefined;
}

const named = ({ text, url }: Line): JsonObject => ({ name: text, ...(url !== undefined && { url }) });

/** The fields of the JSON form, so that both read alike. */
function record(member: OpenMember, out: ReaderOutput, index: number, { header, body, caption }: Block): void {
  const [title, ...below] = body;
  const last = below.length > 0 ? below.pop() : undefined;
  const time = last?.text;
  const links = below.filter(({ url }) => url !== undefined);
  const plain = below.filter(({ url }) => url === undefined).map(({ text }) => text);
  const occurredAt = time === undefined ? undefined : instantOfText(time, member.locale);
  if (time === undefined) out.problem('missing_field', { index, field: 'time' });
  const hasUnreadTime = time !== undefined && occurredAt === undefined;
  const data: JsonObject = {
    ...(header !== '' && { header }),
    ...(title !== undefined && { title: title.text }),
    ...(title?.url !== undefined && { titleUrl: title.url }),
    ...(links.length > 0 && { subtitles: links.map(named) }),
    ...(plain.length > 0 && { description: plain.join('\n') }),
    ...(hasUnreadTime && { time }),
    ...captions(caption),
  };
  // The text is that of the time zone in which whoever exported it was.
  const isKeyedByInstant = occurredAt !== undefined;
  const volatile = { ...(isKeyedByInstant && { time: last?.written ?? '' }), ...activityMeaning(factsOf(data)) };
  out.record({ kind: 'activity', index, occurredAt, hasUnreadTime, data, volatile, isKeyedByInstant });
}

function factsOf(data: JsonObject): ActivityFacts {
  const texts = (field: string, inner?: string): string[] => {
    const list = data[field];
    const values = Array.isArray(list) ? list : [];
    return values.flatMap((value) => textOf(inner !== undefined && isObject(value) ? value[inner] : value) ?? []);
  };
  return {
    header: textOf(data['header']),
    titleUrl: textOf(data['titleUrl']),
    isKeptBySetting: texts('activityControls').length > 0,
    channelUrl: texts('subtitles', 'url')[0],
    details: texts('details', 'name'),
    products: texts('products'),
  };
}

/** Captions come under labels in the account's language; products are first, the reason for keeping the entry is last. */
function captions(lines: readonly Line[]): JsonObject {
  const groups: { label: string; lines: Line[] }[] = [];
  for (const line of lines) {
    if (line.isLabel) groups.push({ label: line.text, lines: [] });
    else if (groups.length === 0) groups.push({ label: '', lines: [line] });
    else groups.at(-1)?.lines.push(line);
  }
  const data: JsonObject = {};
  const others: JsonObject[] = [];
  for (const [at, group] of groups.entries()) {
    const isLocation = group.lines.some(({ url }) => url !== undefined && /google\.[a-z.]+\/maps/.test(url));
    const place = isLocation
      ? 'locationInfos'
      : at === 0
        ? 'products'
        : at === groups.length - 1
          ? 'activityControls'
          : undefined;
    const caption = captionOf(group.label) ?? place;
    if (caption === 'products' || caption === 'activityControls') data[caption] = group.lines.map(({ text }) => text);
    else if (caption === 'details') data[caption] = group.lines.map(named);
    else if (caption === 'locationInfos') data[caption] = group.lines.map(location);
    else others.push({ label: group.label, lines: group.lines.map(named) });
  }
  return others.length > 0 ? { ...data, captions: others } : data;
}

/** A place, behind a dash where it was known from. */
function location(line: Line): JsonObject {
  const cut = line.text.lastIndexOf(' - ');
  if (cut < 0) return named(line);
  return { ...named({ ...line, text: line.text.slice(0, cut) }), source: line.text.slice(cut + 3) };
}
