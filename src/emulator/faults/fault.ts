/** A fault as a test orders it: the call that it affects, and the failure. */
import { z } from 'zod';
import { methodNames } from '../http/request-log';

export const faultSchema = z.strictObject({
  method: z.enum(methodNames),
  /** The n-th matching call from now on (1 is the next one), and how many calls in a row from there. */
  call: z.number().int().min(1).default(1),
  times: z.number().int().min(1).default(1),
  /** Only calls about this resource, by this account (id or e-mail address), for this job. */
  resource: z.string().optional(),
  account: z.string().optional(),
  jobId: z.string().optional(),
  /** Before the effect or after it. An answer given before replaces the effect; one given after hides it. */
  when: z.enum(['before', 'after']).default('before'),
  delayMs: z.number().int().min(0).optional(),
  /** End the connection without an answer. */
  cut: z.boolean().optional(),
  /** Another status, with `body` (string, or JSON value) or with the true body. */
  status: z.number().int().min(200).max(599).optional(),
  body: z.unknown().optional(),
  contentType: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Send the caller to another address. */
  redirect: z.string().optional(),
  /** Body: end the connection after that many bytes of it. */
  cutAtByte: z.number().int().min(0).optional(),
  bytesPerSecond: z.number().int().min(1).optional(),
  /** Body: state a Content-Length of that many bytes more (or, negative, fewer) than sent, and end the connection. */
  lengthError: z.number().int().optional(),
  /** Body: send only that many bytes, with a Content-Length that fits. */
  truncateTo: z.number().int().min(0).optional(),
  /** Body: flip every bit of the byte at this offset. */
  wrongByteAt: z.number().int().min(0).optional(),
  /** Date header off by that much. */
  skewMs: z.number().int().optional(),
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultOrder = z.input<typeof faultSchema>;
