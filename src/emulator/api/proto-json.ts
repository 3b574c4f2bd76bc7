/** Reads and writes protocol-buffer JSON as Google's front end does (docs/google-api.md §2). */
import { badField, googleError } from './google-error';

/** Camel-case and original proto names of the fields a request message has. */
type Fields = Readonly<Record<string, string>>;

export const initiateFields = { resources: 'resources', startTime: 'start_time', endTime: 'end_time' } as const;

/**
 * Parses a request body: an object, an empty body meaning an empty message, unknown fields refused.
 * Returns the values under their camel-case names. Throws a Refusal with INVALID_ARGUMENT.
 */
export function readMessage<F extends Fields>(body: unknown, fields: F): Partial<Record<keyof F, unknown>> {
  const text = Buffer.isBuffer(body) ? body.toString() : '';
  let message: unknown;
  try {
    message = text.trim() === '' ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw googleError('INVALID_ARGUMENT', 'Invalid JSON payload received. The body is not JSON.');
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    throw googleError('INVALID_ARGUMENT', 'Invalid JSON payload received. Root element must be a message.');
  }
  const values: Partial<Record<keyof F, unknown>> = {};
  for (const [name, value] of Object.entries(message as Record<string, unknown>)) {
    const field = Object.keys(fields).find((camel) => camel === name || fields[camel] === name);
    if (field === undefined) {
      throw badField(name, `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`);
    }
    if (value === null) continue;
    if (field in values) throw badField(name, 'Invalid JSON payload received. The field is given twice.');
    values[field as keyof F] = value;
  }
  return values;
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** A timestamp with any offset, in Google's output form: UTC, `Z`, with 0, 3, 6 or 9 fraction digits (§2). */
export function readTimestamp(field: string, value: unknown): string {
  const parts = typeof value === 'string' ? rfc3339.exec(value) : null;
  const [, year, month, day, hour, minute, second, fraction = '', offset = ''] = parts ?? [];
  const at = Date.parse(
    `${String(year)}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}:${String(second)}${offset.toUpperCase()}`,
  );
  if (parts === null || Number.isNaN(at)) {
    throw badField(field, `Invalid value at '${field}' (type.googleapis.com/google.protobuf.Timestamp).`);
  }
  const digits = fraction.slice(1).replace(/0+$/, '');
  const shown = digits.padEnd(Math.ceil(digits.length / 3) * 3, '0');
  return new Date(at).toISOString().replace('.000Z', shown === '' ? 'Z' : `.${shown}Z`);
}

/** The emulator's instants in Google's output form. */
export function writeTimestamp(at: number): string {
  return readTimestamp('', new Date(at).toISOString());
}

/** Milliseconds since 1970 of a timestamp, its sub-millisecond digits dropped. */
export function timestampMs(timestamp: string): number {
  return Date.parse(timestamp.replace(/(\.\d{3})\d+/, '$1'));
}

/** A repeated field as proto JSON writes it: left out when it is empty. */
export function repeated<K extends string>(name: K, values: readonly string[]): Partial<Record<K, readonly string[]>> {
  return values.length === 0 ? {} : ({ [name]: values } as Record<K, readonly string[]>);
}
