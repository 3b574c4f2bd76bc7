/** Refuses requests with the character NUL, which PostgreSQL keeps in no text: no id, name or address has it. */
import type { RequestHandler } from 'express';

import { PortageError } from '../domain/error-codes';

/** Goes before every route. @throws PortageError `REQUEST_INVALID` */
export const refuseNulInUrl: RequestHandler = (request, _response, next) => {
  if (/%00|\0/.test(request.url))
    throw new PortageError('REQUEST_INVALID', { detail: 'the address holds a NUL (%00)' });
  next();
};

/** Goes between the parser of a JSON body and its route. @throws PortageError `REQUEST_INVALID` */
export const refuseNulInBody: RequestHandler = (request, _response, next) => {
  if (holdsNul(request.body)) {
    throw new PortageError('REQUEST_INVALID', { detail: 'body: a text in it holds the character NUL (\\u0000)' });
  }
  next();
};

/** Whether a text, or a name, in parsed JSON holds it. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, each]) => name.includes('\0') || holdsNul(each));
}
