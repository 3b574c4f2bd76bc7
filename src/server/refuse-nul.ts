/** Refuses requests with the character NUL, which PostgreSQL cannot store: no id, name or address contains it. */
import type { RequestHandler } from 'express';

import { bodyFault, invalidRequest } from './contract/read-request';

const advice = 'holds the character NUL; send it without';

/** Goes before every route. @throws PortageError `REQUEST_INVALID`, which names the parameter, or `path` */
export const refuseNulInUrl: RequestHandler = (request, _response, next) => {
  const [path = '', query = ''] = request.url.split('?', 2);
  if (hasNul(path)) throw invalidRequest([{ parameter: 'path', detail: advice }]);
  const pair = query.split('&').find(hasNul);
  if (pair !== undefined) {
    const [name = ''] = pair.split('=');
    throw invalidRequest([{ parameter: name.slice(0, shownName), detail: advice }]);
  }
  next();
};

/** Goes between the parser of a JSON body and its route. @throws PortageError `REQUEST_INVALID`, which names the field */
export const refuseNulInBody: RequestHandler = (request, _response, next) => {
  const path = pathOfNul(request.body);
  if (path !== undefined) throw invalidRequest([bodyFault(path, advice)]);
  next();
};

/** Characters of a parameter's name that a message repeats. */
const shownName = 60;
/** Levels of a body that a message names. */
const shownLevels = 8;

const hasNul = (text: string) => /%00|\0/.test(text);

interface Place {
  readonly value: unknown;
  readonly name: string;
  readonly parent?: Place;
}

/**
 * Checks every text and name in parsed JSON, without recursion: a body may nest as deep as it is long.
 *
 * @returns the keys that lead to the first NUL, as far as a message names them; undefined when there is none
 */
function pathOfNul(body: unknown): string[] | undefined {
  const open: Place[] = [{ value: body, name: '' }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, name } = place;
    if (name.includes('\0') || (typeof value === 'string' && value.includes('\0'))) return pathTo(place);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) open.push({ value: inner, name: key, parent: place });
  }
  return undefined;
}

function pathTo(end: Place): string[] {
  const path: string[] = [];
  for (let place = end; place.parent !== undefined; place = place.parent) path.push(place.name);
  return path.reverse().slice(0, shownLevels);
}
