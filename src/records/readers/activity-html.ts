/** My Activity as HTML: one block of cells per entry, its time in the account's language (docs/google-api.md §A4). */
import { instantOfText } from '../formats/instant';
import { isObject, type JsonObject } from '../formats/json';
import { MarkCount } from '../formats/mark-count';
import { captionOf } from '../locales/translated-names';
import { textOf } from '../read/read-entries';
import { readText } from '../read/read-text';
import type { OpenMember, Reader, ReaderOutput } from '../read/reader';
import { ActivityBlocks, type Block, type Line } from './activity-blocks';
import { activityResources } from './activity-json';
import { activityMeaning, type ActivityFacts } from './activity-meaning';

export const activityHtml: Reader = {
  resources: activityResources,
  services: ['MY_ACTIVITY'],
  kinds: ['activity'],
  format: 'html',
  accepts: (sample) => /class="[^"]*\bouter-cell\b/.test(sample.text),
  read: async (member, out) => {
    // Loaded when it is needed, as the parser takes longer to load than a small file of another format takes to read.
    const { HtmlPieces } = await import('../formats/html-pieces.js');
    const blocks = new ActivityBlocks({
      block: (block, index) => record(member, out, index, block),
      broken: (index) => out.problem('syntax', { index }),
    });
    const pieces = new HtmlPieces(blocks);
    const marks = new MarkCount('<div class="outer-cell');
    /** The end of the text, which contains the last tag. */
    let tail = '';
    const isWhole = await readText(
      member,
      out,
      (text) => {
        pieces.write(text);
        marks.add(text);
        tail = (tail + text).slice(-64);
      },
      () => blocks.index,
    );
    if (!isWhole) {
      await out.settle();
      return;
    }
    const { index } = blocks;
    // The file ends within a cell, so the entry is incomplete.
    if (blocks.isWithinCell) {
      out.problem('truncated', { index });
      blocks.drop();
    } else if (!member.isLengthAsStated && !/<\/html>\s*$/i.test(tail)) {
      // Between two entries, or within the tags around them: the entries so far are complete.
      out.problem('truncated', { index });
    }
    blocks.finish();
    // Entries within a comment, or within a value whose quote is missing. As text, `<` is escaped.
    if (marks.count > blocks.begun) out.problem('syntax', { index });
    await out.settle();
  },
};

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
  // The text is in the time zone of the person at the time of the export.
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
  const titleUrl = textOf(data['titleUrl']);
  const [channelUrl] = texts('subtitles', 'url');
  return {
    hasHeader: (name) => data['header'] === name,
    titleUrl,
    isKeptBySetting: texts('activityControls').length > 0,
    channelUrl,
    hasProduct: (name) => texts('products').includes(name),
    hasDetail: (form) => texts('details', 'name').some((name) => form.test(name)),
  };
}

/** Captions have labels in the account's language; products are first, the reason for keeping the entry is last. */
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
    const isLocation = group.lines.some(({ url }) => url !== undefined && /google\.[a-z.]{1,16}\/maps/.test(url));
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

/** A place, followed by a dash and its source where one is given. */
function location(line: Line): JsonObject {
  const cut = line.text.lastIndexOf(' - ');
  if (cut < 0) return named(line);
  return { ...named({ ...line, text: line.text.slice(0, cut) }), source: line.text.slice(cut + 3) };
}
