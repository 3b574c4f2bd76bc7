/**
 * Chats with businesses: messages within conversations. Google documents the fields, not their nesting, so a message is
 * recognised by its own fields at any place (docs/google-api.md §A9).
 */
import { instantOfNumber } from '../formats/instant';
import { isObject, parseBytes, type Json, type JsonObject } from '../formats/json';
import { mediaNamed } from '../read/media';
import { createFieldCheck, createTypeCheck, readEntries, textOf } from '../read/read-entries';
import type { OpenMember, Reader, ReaderOutput } from '../read/reader';

/** Fields of which a message has at least one, and the objects around it have none. */
const marks = ['timestamp_us', 'content_type', 'content', 'sender', 'blob_id', 'export_file_name'];
/** Fields of a conversation, which count for the messages in it. */
const around = ['application', 'title'];
/** Objects around a message, within one entry. */
const deepest = 8;

const isMessage = (entry: JsonObject) => marks.some((mark) => mark in entry);

export const businessMessages: Reader = {
  resources: ['businessmessaging.conversations'],
  services: [],
  kinds: ['business_message'],
  format: 'json',
  accepts: ({ text }) => /"(?:timestamp_us|content_type|export_file_name|blob_id)"\s*:/.test(text),
  read: (member, out) => {
    const conversation: JsonObject = {};
    const record = messageWriter(member, out);
    const isOne = [...(member.sample.json?.rootKeys ?? [])].some((key) => marks.includes(key));
    return readEntries(member, out, {
      isEntry: isOne ? (path) => path.length === 0 : undefined,
      value: (path, text) => {
        const [name = '', ...others] = path;
        const value = parseBytes(text);
        if (others.length > 0 || !around.includes(name) || value === undefined) return false;
        conversation[name] = value;
        return true;
      },
      entry: (entry, index) => {
        const before = record.count;
        const hasAny = take(entry.value(), conversation, index, record.write, 0);
        if (!hasAny && record.count === before) out.problem('unexpected_entry', { index });
      },
    });
  },
};

type Write = (message: JsonObject, conversation: JsonObject, index: number) => void;

/** @returns whether the value is a message, or something that may hold some */
function take(value: Json, outer: JsonObject, index: number, write: Write, depth: number): boolean {
  if (!isObject(value) || depth > deepest) return false;
  if (isMessage(value)) {
    write(value, outer, index);
    return true;
  }
  const own = Object.entries(value).filter(([name]) => around.includes(name));
  const conversation = { ...outer, ...Object.fromEntries(own) };
  let hasList = false;
  for (const inner of Object.values(value)) {
    if (Array.isArray(inner)) {
      hasList = true;
      for (const each of inner) take(each, conversation, index, write, depth + 1);
    } else if (isObject(inner)) hasList = take(inner, conversation, index, write, depth + 1) || hasList;
  }
  return hasList;
}

function messageWriter(member: OpenMember, out: ReaderOutput): { write: Write; count: number } {
  const kind = 'business_message';
  const check = createFieldCheck(kind, out);
  const checkTypes = createTypeCheck(kind, out);
  const writer = {
    count: 0,
    write: (message: JsonObject, conversation: JsonObject, index: number) => {
      writer.count += 1;
      check(Object.keys(message), index);
      checkTypes(message);
      const written = message['timestamp_us'];
      const time = typeof written === 'number' ? String(written) : textOf(written);
      const occurredAt = time === undefined ? undefined : instantOfNumber(time);
      const [file] = mediaNamed(member.siblings, textOf(message['export_file_name']) ?? '');
      const data = Object.keys(conversation).length > 0 ? { ...message, conversation: { ...conversation } } : message;
      out.record({
        ...{ kind, index, occurredAt, hasUnreadTime: time !== undefined && occurredAt === undefined, data },
        volatile: file && { media: { part: file.part, entry: file.entry, bytes: file.bytes } },
      });
    },
  };
  return writer;
}
