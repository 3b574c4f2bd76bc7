/** The parameters of the routes of records. */
import type { Request } from 'express';
import { z } from 'zod';

import { PortageError } from '../domain/error-codes';
import { isResourceName } from '../domain/resources';
import { markStates } from '../records/compare/key-entry';
import { boundOf, boundRemedy } from '../records/deliver/day-range';
import { goneStates } from '../records/deliver/line';
import type { Page } from '../records/deliver/paging';
import type { Wanted } from '../records/deliver/stored-records';
import { isKind } from '../records/kinds';

/** Characters of a value that a message repeats. */
const shownLength = 60;
const shown = (value: unknown) => JSON.stringify(value).slice(0, shownLength);

/** A message of zod that repeats the value and says what helps. */
const refused = (remedy: string) => ({
  error: ({ input }: { input?: unknown }) => `${shown(input ?? null)}: ${remedy}`,
});

/** A parameter that may be given several times. */
const several = <T extends z.ZodType>(one: T) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(one).min(1).max(100)).optional();

const wholeNumber = (least: number, most: number) => {
  const remedy = refused(`give a whole number from ${least} to ${most}`);
  const isWithin = (text: string) => /^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most;
  return z.string(remedy).refine(isWithin, remedy).transform(Number);
};

const bound = (which: 'from' | 'to') =>
  z
    .string(refused(boundRemedy))
    .transform((text, context) => {
      const instant = boundOf(text, which);
      if (instant === undefined) context.addIssue({ code: 'custom', message: `${shown(text)}: ${boundRemedy}` });
      return instant ?? '';
    })
    .optional();

const states = [...markStates, ...goneStates] as const;
const one = (values: readonly [string, ...string[]]) => refused(`give one of ${values.join(', ')}`);
const undated = ['keep', 'drop'] as const;

const since = wholeNumber(0, 2 ** 31 - 1);
const choice = {
  resource: several(
    z.string().refine(isResourceName, refused('name a resource, such as myactivity.search (docs/records.md)')),
  ),
  kind: several(z.string().refine(isKind, refused('name a kind of docs/records.md, such as activity'))),
  state: several(z.enum(states, one(states))),
  from: bound('from'),
  to: bound('to'),
  undated: z.enum(undated, one(undated)).optional(),
  limit: wholeNumber(1, 1_000_000).optional(),
  after: z
    .string(refused('give the text of `next`'))
    .regex(/^[\w-]{1,2000}$/, refused('give the text of `next`'))
    .optional(),
};

const ofConsent = z.strictObject({ ...choice, since: since.default(0) });
const ofExport = z.strictObject(choice);
const ofCounts = z.strictObject({ since: since.default(0) });

export interface RecordQuery {
  readonly wanted: Wanted;
  readonly page: Page;
}

/** @throws PortageError `REQUEST_INVALID` that names field, value and remedy */
export function readConsentQuery(request: Request): RecordQuery & { readonly since: number } {
  const { since: cursor, ...rest } = read(ofConsent, request);
  return { since: cursor, ...queryOf(rest) };
}

/** @throws as {@link readConsentQuery} */
export function readExportQuery(request: Request): RecordQuery {
  return queryOf(read(ofExport, request));
}

/** @throws as {@link readConsentQuery} */
export function readCountsQuery(request: Request): number {
  return read(ofCounts, request).since;
}

function queryOf({ resource, kind, state, limit, after, ...range }: z.infer<typeof ofExport>): RecordQuery {
  if (range.from !== undefined && range.to !== undefined && Date.parse(range.from) >= Date.parse(range.to)) {
    refuse([`from: ${range.from} is not before ${range.to}: exchange from and to`]);
  }
  const wanted = {
    ...(resource !== undefined && { resources: resource }),
    ...(kind !== undefined && { kinds: kind }),
    ...(state !== undefined && { states: state }),
    ...range,
  };
  return { wanted, page: { limit, after } };
}

function read<T extends z.ZodObject>(schema: T, request: Request): z.infer<T> {
  const result = schema.safeParse(request.query);
  if (result.success) return result.data;
  refuse(
    result.error.issues.map((issue) => {
      if (issue.code !== 'unrecognized_keys') return `${issue.path.join('.')}: ${issue.message}`;
      const known = Object.keys(schema.shape).join(', ');
      return `there is no parameter ${issue.keys.map((name) => shown(name)).join(', ')} here: use ${known}`;
    }),
  );
}

function refuse(faults: readonly string[]): never {
  throw new PortageError('REQUEST_INVALID', { detail: faults.join('; ').slice(0, 500) });
}
