/** Times that bound a range, as a caller gives them: an instant, or a day in UTC. */

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const dayMs = 24 * 60 * 60_000;

/**
 * The instant of a text. `from` is the first instant of the range, and `to` the first one after it: a day is within its
 * range from its beginning to its end.
 *
 * @param text `2026-01-31`, or RFC 3339 with a zone
 * @returns RFC 3339; undefined when the text is neither, or a day that no month has
 */
export function boundOf(text: string, bound: 'from' | 'to'): string | undefined {
  const isDay = dayPattern.test(text);
  if (!isDay && !instantPattern.test(text)) return undefined;
  const at = Date.parse(isDay ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at) || !isDayOfMonth(text)) return undefined;
  return isDay ? new Date(bound === 'to' ? at + dayMs : at).toISOString() : text;
}

/** JavaScript reads 30 February as a day in March. */
function isDayOfMonth(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

export const boundRemedy = 'write a day in UTC such as 2026-01-31, or an instant such as 2026-01-31T10:00:00Z';
