/** Decides the outcome of a webhook's answer: the event is delivered, sent again, or given up. */
import type { Outcome } from '../database/webhooks';
import { pauseAfter, retryAfterOf } from '../domain/webhook-retries';
import type { WebhookAnswer } from './send';

/**
 * @param tries the number of tries, including this one
 * @param at the time of this try
 * @param random from 0 to 1, for the pause before the next one
 */
export function judgeAnswer(
  { status, retryAfter }: Pick<WebhookAnswer, 'status' | 'retryAfter'>,
  { tries, at, random }: { readonly tries: number; readonly at: Date; readonly random: number },
): Outcome {
  if (status !== null && status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'gone' };
  const pauseMs = pauseAfter(tries, retryAfterOf(retryAfter, at.getTime()), random);
  return pauseMs === undefined ? { kind: 'failed' } : { kind: 'retry', nextAt: new Date(at.getTime() + pauseMs) };
}
