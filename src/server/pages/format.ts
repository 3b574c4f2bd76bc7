/** Times and sizes as pages show them; times in UTC, since the server does not know the reader's time zone. */

/** For example `2026-03-01`. */
export function formatDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** For example `2026-03-01 09:30 UTC`. */
export function formatTime(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Bytes for people: three digits at most, binary units. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power] ?? ''}`;
}
