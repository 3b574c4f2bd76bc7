/** Errors for programs: problem details (RFC 9457), with Portage's own members. */
import { z } from 'zod';

import type { PortageError } from './domain/error-codes';

export const problemMediaType = 'application/problem+json';

const fault = z.strictObject({
  pointer: z
    .string()
    .describe(
      'The wrong value in the body, as a JSON Pointer in a URI fragment: `#/resources/0`; `#` is the whole body',
    )
    .optional(),
  parameter: z.string().describe('The name of the wrong parameter or header').optional(),
  detail: z.string().describe('The fault and its remedy'),
  value: z.string().describe('The wrong value as JSON, cut after 60 characters. Secrets are left out').optional(),
});

/** The fields of a problem; docs/schemas/lines/error.json and docs/openapi.json are made from this. */
export const problemSchema = z.strictObject({
  type: z.string().describe('The address of a page about this code at this server: `/problems/<code>`'),
  title: z.string().describe('The meaning of the code; always the same for a code'),
  status: z.int().describe('The HTTP status'),
  detail: z.string().describe('The fault in this case. Names the values that are wrong'),
  code: z
    .string()
    .regex(/^[A-Z_]+$/)
    .describe('The stable code: one of `src/domain/error-codes.ts`'),
  remedy: z.string().describe('The remedy, in words'),
  audience: z.literal('host developer').describe('Who the texts are for. Do not show them to users'),
  errors: z.array(fault).describe('Every wrong value of the request').optional(),
  requestId: z.string().describe('The request, as the log of the server names it').optional(),
});

export type Problem = z.infer<typeof problemSchema>;

/** Faults that one problem lists at most. */
const faultsShown = 50;

/**
 * The detail of a refusal names fields and values of the request. The detail of a failure (status 500 and above) may
 * contain internal details, so it is only logged.
 */
export function problemOf({ code, title, status, remedy, detail, faults }: PortageError, requestId?: string): Problem {
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: status < 500 ? (detail ?? title) : title,
    code,
    remedy,
    audience: 'host developer',
    ...(faults.length > 0 && { errors: faults.slice(0, faultsShown).map((each) => ({ ...each })) }),
    ...(requestId !== undefined && { requestId }),
  };
}
