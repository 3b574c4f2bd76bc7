/** Comments and live chats: the text column holds JSON in one of two forms, or plain text (docs/google-api.md §A6). */
import { isObject, parseJson, type Json } from '../formats/json';
import { commentColumns } from '../kinds/youtube';
import { textOf } from '../read/read-entries';
import { readTable, timeOfRow } from '../read/read-rows';
import type { Reader } from '../read/reader';
import { layoutOf, type Table } from '../read/table-layout';
import { channelId, day, videoId } from './youtube-tables';

const timeFields = ['commentCreateTimestamp'] as const;

const begin = ['commentId', 'channelId', 'commentCreateTimestamp', 'price'];
const place = ['parentCommentId', 'postId', 'videoId'];
/** Files of 2024 and before had six columns; those with a currency are the newest. Live chats have a few less. */
const orders = [
  [...begin, ...place, 'commentText', 'topLevelCommentId'],
  [...begin, ...place, 'commentText'],
  [...begin, 'currencyCode', ...place, 'commentText', 'topLevelCommentId'],
  [...begin, 'videoId', 'commentText'],
  [...begin, 'currencyCode', 'videoId', 'commentText'],
];

function commentReader(resource: string, kind: 'comment' | 'live_chat_message'): Reader {
  const table: Table = {
    kind,
    columns: commentColumns,
    marks: ['channelId', 'commentText'],
    forms: { channelId, commentCreateTimestamp: day, videoId },
    orders,
  };
  return {
    resources: [resource],
    services: ['YOUTUBE'],
    kinds: [kind],
    format: 'text',
    accepts: (sample) => layoutOf(sample.rows, table) !== undefined,
    read: (member, out) =>
      readTable(member, out, table, (data, index) => {
        const written = textOf(data['commentText']);
        if (written !== undefined) data['text'] = wordsIn(written);
        const time = timeOfRow(data, timeFields, member.locale);
        out.record({ kind, index, ...time, data, identity: textOf(data['commentId']) });
      }),
  };
}

export const youtubeComments = commentReader('youtube.comments', 'comment');
export const youtubeLiveChats = commentReader('youtube.live_chat', 'live_chat_message');

/** One segment whose words have no escape: most comments are one. */
const plainSegment = /^\{"text":"([ !#-[\]-\uffff]*)"\}$/;

/** The words within a text cell: of one segment, of a list of them, or of segments after each other. */
function wordsIn(cell: string): string {
  const plain = plainSegment.exec(cell);
  if (plain !== null) return plain[1] as string;
  const trimmed = cell.trim();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return cell;
  for (const candidate of [trimmed, `[${trimmed}]`]) {
    try {
      return segments(parseJson(candidate)) ?? cell;
    } catch {
      // Next form; in the end it is plain text that begins like JSON.
    }
  }
  return cell;
}

function segments(value: Json): string | undefined {
  if (Array.isArray(value)) {
    const words = value.map(segments);
    return words.every((word) => word !== undefined) ? words.join('') : undefined;
  }
  if (!isObject(value)) return undefined;
  const { takeoutSegments, text } = value;
  if (Array.isArray(takeoutSegments)) return segments(takeoutSegments);
  // Segments without words, such as emoji given as images, have no text.
  return typeof text === 'string' ? text : text === undefined ? '' : undefined;
}
