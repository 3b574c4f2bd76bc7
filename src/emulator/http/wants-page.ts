/** Tells a person's browser from a program. */
import type { Request } from 'express';

/** Browsers name HTML among what they accept; programs name JSON or anything. */
export function wantsPage(request: Request): boolean {
  return /\btext\/html\b/.test(request.get('accept') ?? '');
}
