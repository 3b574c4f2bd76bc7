/**
 * The handling of a code block of the documentation, by its language and the comments directly before it:
 *
 * - `sh` is run; `json` is parsed, and compared with the output of the `sh` block directly before it; `js` and `ts` are
 *   compiled; `dotenv` is read as configuration.
 * - `<!-- not run: reason -->` leaves a block alone.
 * - `<!-- run by: path -->` means that this file of the repository runs the same commands.
 * - `<!-- the user consents -->` before an `sh` block: a user opens the connect link that was printed last, and consents; the
 *   shell variable `portage_code` then holds the code that the browser brought.
 */
import type { CodeBlock } from './markdown';

export type BlockPlan =
  | { readonly kind: 'run'; readonly userConsents: boolean }
  | { readonly kind: 'json' | 'compile' | 'configuration' }
  | { readonly kind: 'leave'; readonly reason: string }
  | { readonly kind: 'run by'; readonly path: string }
  | { readonly kind: 'fault'; readonly fault: string };

const kinds: Readonly<Record<string, BlockPlan>> = {
  sh: { kind: 'run', userConsents: false },
  json: { kind: 'json' },
  js: { kind: 'compile' },
  ts: { kind: 'compile' },
  dotenv: { kind: 'configuration' },
};

export function planBlock({ language, comments }: Pick<CodeBlock, 'language' | 'comments'>): BlockPlan {
  for (const comment of comments) {
    const [, mark, text = ''] = /^(not run|run by)\b:?\s*([^]*)$/.exec(comment) ?? [];
    if (mark === undefined) continue;
    if (text === '')
      return { kind: 'fault', fault: `the mark "${mark}" lacks ${mark === 'not run' ? 'a reason' : 'a path'}` };
    return mark === 'not run' ? { kind: 'leave', reason: text } : { kind: 'run by', path: text };
  }
  const plan = kinds[language ?? ''];
  if (plan === undefined) {
    const what = language === null ? 'a block without a language' : `a block of "${language}"`;
    const known = Object.keys(kinds).join(', ');
    return {
      kind: 'fault',
      fault: `${what} is neither run nor checked; use one of ${known}, or write <!-- not run: reason --> before it`,
    };
  }
  return plan.kind === 'run' ? { ...plan, userConsents: comments.includes('the user consents') } : plan;
}
