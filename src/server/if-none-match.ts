/** Conditional requests (RFC 9110 §13.1.2). */
import type { Request } from 'express';

const withoutWeak = (etag: string) => etag.trim().replace(/^W\//, '');

/**
 * Whether the caller has this answer already. Express's `fresh` returns false for a caller that sends
 * `Cache-Control: no-cache`, and fetch() adds that to every request with If-None-Match.
 */
export function isHeld(request: Request, etag: string): boolean {
  const held = (request.get('if-none-match') ?? '').split(',').map(withoutWeak);
  return held.includes('*') || held.includes(withoutWeak(etag));
}
