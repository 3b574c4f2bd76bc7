/** A fault in one value of a request. */
export interface RequestFault {
  /** The value in the body, as a JSON Pointer in a URI fragment (RFC 6901 §6), such as `#/resources/0`. */
  readonly pointer?: string;
  /** The name of a parameter of the path or the query, or of a header. */
  readonly parameter?: string;
  /** The fault and the remedy. */
  readonly detail: string;
  /** The value as JSON, cut after 60 characters; absent when it is an object or a list, missing, or a secret. */
  readonly value?: string;
}

/** Characters of a value that a message repeats. */
const shownLength = 60;

/** A value as a message repeats it. */
export function shownValue(value: unknown): string {
  return JSON.stringify(value).slice(0, shownLength);
}

/** A pointer to a field of the body, such as `#/records/kinds/0`. */
export function bodyPointer(path: readonly PropertyKey[]): string {
  const escaped = path.map((key) => encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1')));
  return ['#', ...escaped].join('/');
}
