/** Words taught to Chrome's spell checker: one column, with or without a header (docs/google-api.md §A5). */
import { normalHeader } from '../locales/translated-names';
import { readRows } from '../read/read-rows';
import type { Reader } from '../read/reader';
import { isEncryptedNotice } from './chrome-encryption';

/** Headers that were seen; any other first row is a word. */
const headers = new Set(['words', 'word']);

export const chromeDictionary: Reader = {
  resources: ['chrome.dictionary'],
  services: ['CHROME'],
  kinds: ['dictionary_word'],
  format: 'text',
  accepts: (sample) => sample.rows.length > 0,
  read: (member, out) => {
    const [first = []] = member.sample.rows;
    const hasHeader = headers.has(normalHeader(first[0] ?? ''));
    if (first.length > 1) out.drift(first.map(normalHeader));
    return readRows(member, out, { headerRow: 0, widthOf: () => first.length }, (cells, index) => {
      if (index === 0 && hasHeader) return;
      const [word = '', ...others] = cells;
      if (isEncryptedNotice(word)) {
        out.problem('encrypted', { index });
        return;
      }
      const more = others.filter((cell) => cell !== '');
      const otherColumns = Object.fromEntries(more.map((cell, at) => [first[at + 1] ?? `column ${at + 2}`, cell]));
      out.record({ kind: 'dictionary_word', index, data: { word, ...(more.length > 0 && { otherColumns }) } });
    });
  },
};
