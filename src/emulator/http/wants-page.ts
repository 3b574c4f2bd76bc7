/** Distinguishes a person's browser from a program. */
import type { Request } from 'express';

/** Browsers list HTML in their Accept header; programs list JSON or anything. */
export function wantsPage(request: Request): boolean {
  return /\btext\/html\b/.test(request.get('accept') ?? '');
}
