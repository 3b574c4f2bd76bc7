/**
 * Limits on the requests of one address and of one host app, and on open status pages. Each server counts alone: with
 * several servers, the limits are that many times as high.
 */
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit';
import ipaddr from 'ipaddr.js';

import type { Config } from '../config';
import { PortageError } from '../domain/error-codes';
import type { HostApp } from '../database/host-apps';

const minuteMs = 60_000;
/** Requests of one address in a minute with an invalid API key. */
const failedKeys = 60;

const tooMany = (retryAfterMs: number, detail: string) =>
  new PortageError('TOO_MANY_REQUESTS', { detail, retryAfterMs });

function limited(limit: number, what: string, options: Partial<Options>): RequestHandler {
  return rateLimit({
    windowMs: minuteMs,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // This module judges addresses, by TRUSTED_PROXIES.
    validate: false,
    handler: (_request, response, next) => {
      const seconds = Number(response.getHeader('retry-after') ?? 1);
      next(tooMany(seconds * 1_000, `more than ${limit} ${what} in a minute`));
    },
    ...options,
  });
}

/** Ranges of addresses, as ipaddr.js names them, that do not occur on the internet. */
const inside = new Set(['loopback', 'private', 'linkLocal', 'uniqueLocal', 'carrierGradeNat', 'unspecified']);

/**
 * Without TRUSTED_PROXIES, requests from this machine or a private network may come through a reverse proxy, whose
 * address does not identify the caller. They are not counted by address.
 */
const isUnknown = ({ ip }: Request): boolean => {
  if (ip === undefined || !ipaddr.isValid(ip)) return true;
  return inside.has(ipaddr.process(ip).range());
};

const byAddress: Partial<Options> = {
  keyGenerator: ({ ip = '' }) => ipKeyGenerator(ip),
  skip: isUnknown,
};

/** For pages and the callback. */
export function limitPages({ requestLimits }: Config): RequestHandler {
  return limited(requestLimits.pages, 'requests of one address', byAddress);
}

/** Counts requests that authentication has refused; those with a valid key are not counted, in any number. */
export function limitFailedKeys(): ErrorRequestHandler {
  const limit = limited(failedKeys, 'requests of one address without a valid API key', byAddress);
  return (error: unknown, request, response, next) => {
    const isRefused = error instanceof PortageError && error.status === 401;
    if (!isRefused) next(error);
    else void limit(request, response, (tooMany?: unknown) => next(tooMany ?? error));
  };
}

/** Goes after authentication. */
export function limitHostApps({ requestLimits }: Config, hostAppOf: (request: Request) => HostApp): RequestHandler {
  return limited(requestLimits.api, 'requests of one host app', {
    keyGenerator: (request) => hostAppOf(request).id,
  });
}

/** Requests that one owner may have open at once, and all owners together at one server. */
export interface PlaceLimits {
  readonly perOwner: number;
  readonly all: number;
}

/** The wait in `Retry-After`, after which a place may be free. */
const placeRetryMs = 10_000;

/**
 * Places for requests that stay open for long.
 *
 * @param words names the places of one owner, and all places, as in "more than 8 …"
 */
export function createPlaces({ perOwner, all }: PlaceLimits, words: { readonly own: string; readonly all: string }) {
  const open = new Map<string, number>();
  let total = 0;
  return {
    /**
     * @param owner identifies the browser or the host app
     * @returns a function that releases the place
     * @throws PortageError `TOO_MANY_REQUESTS`
     */
    take(owner: string): () => void {
      const own = open.get(owner) ?? 0;
      if (own >= perOwner) throw tooMany(placeRetryMs, `more than ${perOwner} ${words.own} at once`);
      if (total >= all) throw tooMany(placeRetryMs, `more than ${all} ${words.all} at once`);
      open.set(owner, own + 1);
      total += 1;
      return () => {
        total -= 1;
        const left = (open.get(owner) ?? 1) - 1;
        if (left === 0) open.delete(owner);
        else open.set(owner, left);
      };
    },
  };
}

/** Status pages that one browser may follow at once, and all browsers together. */
const usualStreams: PlaceLimits = { perOwner: 8, all: 2_000 };

export function createStreamPlaces(limits = usualStreams) {
  return createPlaces(limits, { own: 'status pages of one browser', all: 'status pages' });
}
