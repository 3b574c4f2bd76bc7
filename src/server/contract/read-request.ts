/** Reads path, query and body of a request by an operation's schemas, and names all faults at once. */
import type { Request } from 'express';
import { z } from 'zod';

import { PortageError } from '../../domain/error-codes';
import { bodyPointer, shownValue, type RequestFault } from '../../domain/request-fault';
import type { Operation } from './operation';

export interface ReadRequest<Path, Query, Body> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
}

const nothing = z.strictObject({});

/** The longest detail in characters; `errors` lists all faults separately. */
const detailLength = 500;

/** @throws PortageError `REQUEST_INVALID` with all faults */
export function readRequest<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends z.ZodType>(
  operation: Operation<P, Q, B, A>,
  request: Request,
): ReadRequest<z.output<P>, z.output<Q>, z.output<B>> {
  const faults: RequestFault[] = [];
  const read = (schema: z.ZodType, value: unknown, faultOf: (issue: Issue, value: unknown) => RequestFault[]) => {
    const result = schema.safeParse(value);
    if (!result.success) faults.push(...result.error.issues.flatMap((issue) => faultOf(issue, value)));
    return result.data;
  };
  const { parameters = nothing, query = nothing, body, secrets = [] } = operation;
  const values = {
    path: read(parameters, request.params, (issue, value) => parameterFaults(issue, value, parameters)),
    query: read(query, request.query, (issue, value) => parameterFaults(issue, value, query)),
    body:
      body === undefined ? undefined : read(body, request.body, (issue, value) => bodyFaults(issue, value, secrets)),
  };
  if (faults.length > 0) throw invalidRequest(faults);
  return values as ReadRequest<z.output<P>, z.output<Q>, z.output<B>>;
}

/** The refusal of a request for faults that the schemas cannot express. */
export function invalidRequest(faults: readonly RequestFault[]): PortageError {
  const detail = faults.map(sentenceOf).join('; ').slice(0, detailLength);
  return new PortageError('REQUEST_INVALID', { detail, faults });
}

/** A fault in one field of the body, for {@link invalidRequest}. */
export function bodyFault(path: readonly PropertyKey[], detail: string, value?: string): RequestFault {
  return { pointer: bodyPointer(path), detail, ...(value !== undefined && { value: shownValue(value) }) };
}

type Issue = z.core.$ZodIssue;

function parameterFaults(issue: Issue, values: unknown, schema: z.ZodObject): RequestFault[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schema.shape).join(', ');
    const use = known === '' ? 'leave it out' : `use ${known}`;
    return issue.keys.map((name) => ({
      parameter: name.slice(0, 60),
      detail: `there is no parameter ${shownValue(name)} here: ${use}`,
    }));
  }
  return [{ parameter: issue.path.join('.'), ...detailAndValue(issue, values) }];
}

function bodyFaults(issue: Issue, body: unknown, secrets: readonly string[]): RequestFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      pointer: bodyPointer([...issue.path, name.slice(0, 60)]),
      detail: 'there is no such field; leave it out',
    }));
  }
  const { detail, value } = detailAndValue(issue, body);
  const isShown = value !== undefined && !secrets.includes(String(issue.path[0]));
  return [{ pointer: bodyPointer(issue.path), detail, ...(isShown && { value }) }];
}

function detailAndValue(issue: Issue, input: unknown): { detail: string; value?: string } {
  const value = valueAt(input, issue.path);
  if (value === undefined && issue.code === 'invalid_type') return { detail: 'is missing' };
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  const detail = message.replace(/^Invalid input: expected/, 'expected');
  // For a list or an object only the field is named, because its content may be anything.
  if (value === undefined || (typeof value === 'object' && value !== null)) return { detail };
  return { detail, value: shownValue(value) };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    // A parameter that is sent once is a list of one item.
    if (typeof value === 'string' && key === 0) return value;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<PropertyKey, unknown>)[key];
  }, input);
}

/** `limit: "0": give a whole number …`; the body's fields are named as in JavaScript, `records.kinds.0`. */
function sentenceOf({ pointer, parameter, detail, value }: RequestFault): string {
  if (detail.startsWith('there is no parameter')) return detail;
  const name = parameter ?? fieldOf(pointer ?? '#');
  return [name, value, detail].filter((each) => each !== undefined).join(': ');
}

function fieldOf(pointer: string): string {
  const names = pointer.split('/').slice(1).map(decodeURIComponent);
  return names.length === 0 ? 'body' : names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}
