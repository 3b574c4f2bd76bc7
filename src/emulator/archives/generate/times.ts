/** The forms in which Google writes instants (docs/google-api.md §A4 to §A9). */

/** `2024-05-01T10:00:00.000Z` */
export const iso = (at: number): string => new Date(at).toISOString();

/** `2024-05-01T10:00:00Z`, as Java writes an instant of whole seconds. */
export const isoSeconds = (at: number): string => iso(at).replace(/\.\d+Z$/, 'Z');

/** `2024-05-01T10:00:00+00:00`, the form of the page about YouTube. */
export const isoOffset = (at: number): string => iso(at).replace(/\.\d+Z$/, '+00:00');

/** Microseconds since 1970 as text, as proto JSON writes an int64. */
export const microseconds = (at: number): string => String(at * 1000);

/** Seconds since 1970 as text. */
export const seconds = (at: number): string => String(Math.floor(at / 1000));
