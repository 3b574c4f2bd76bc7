/** Shared code of HTML readers: the text of a member, piece by piece. */
import { blockLimit, type OpenMember, type ReaderOutput } from './reader';
import { Utf8Text } from '../formats/utf8-text';

/**
 * @param write takes the text as it comes
 * @param index number of the entry that is being read, for reports
 * @returns false when reading stopped within an entry that never ended
 */
export async function readText(
  member: OpenMember,
  out: ReaderOutput,
  write: (text: string) => void,
  index: () => number,
): Promise<boolean> {
  const decoder = new Utf8Text();
  let [last, length] = [-1, 0];
  for await (const chunk of member.chunks) {
    const { text, isDamaged } = decoder.write(chunk);
    if (isDamaged) out.problem('not_utf8', { index: index() });
    write(text);
    await out.settle();
    length = index() === last ? length + text.length : 0;
    last = index();
    if (length > blockLimit) {
      out.problem('entry_too_large', { index: last });
      return false;
    }
  }
  const { text, isDamaged } = decoder.end();
  if (isDamaged) out.problem('not_utf8', { index: index() });
  write(text);
  return true;
}
