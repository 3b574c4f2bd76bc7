/** Sends the events of a stream of webhooks, one after the other. */
import { log } from '@temporalio/activity';

import type { Event, WebhookDelivery, WebhookEndpoint, WebhookStream } from '../database/webhooks';
import { PortageError } from '../domain/error-codes';
import type { DeliveryAttempt } from '../domain/webhook-retries';
import { eventPayload } from '../events/payload';
import { judgeAnswer } from '../webhooks/judge-answer';
import type { WebhookAnswer } from '../webhooks/send';
import { signedHeaders } from '../webhooks/sign';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal } from './progress';

type WebhookDependencies = Pick<ActivityDependencies, 'webhooks' | 'webhookSender' | 'publicUrl' | 'now'>;

/** A step that has sent this many events, or run this long, frees its slot for others. */
const sentPerStep = 50;
const stepMs = 60_000;
/** Limit for one worker and one endpoint: a slow endpoint must not take every slot. */
const sendsPerEndpoint = 10;
/** A stream whose endpoint has reached this limit is tried again after about this time. */
const busyPauseMs = 5_000;

/** The state of a stream after a step. */
export interface StreamState {
  /** Time until the stream has to be looked at again; null: nothing is left, or the endpoint is disabled. */
  readonly waitMs: number | null;
}

interface Due {
  readonly delivery: WebhookDelivery;
  readonly event: Event;
  readonly endpoint: WebhookEndpoint;
}

export function createWebhookActivities({ webhooks, webhookSender, publicUrl, now }: WebhookDependencies) {
  /** Sends under way, by endpoint. */
  const underWay = new Map<string, number>();

  const send = async ({ event, endpoint }: Due, at: Date): Promise<WebhookAnswer> => {
    try {
      const payload = JSON.stringify(eventPayload(event, publicUrl));
      const headers = signedHeaders({ id: event.id, payload, at }, webhooks.secretsOf(endpoint, at));
      return await webhookSender.send(endpoint.url, headers, payload, cancellationSignal());
    } catch (error) {
      // A secret that cannot be opened: the tries continue, since an operator can repair it.
      if (error instanceof PortageError && !error.retryable)
        return { status: null, answer: '', problem: error.message };
      throw error;
    }
  };

  /** Makes one try and records it. @returns whether the stream may continue immediately */
  const attempt = async (due: Due): Promise<boolean> => {
    const at = now();
    const startedAt = performance.now();
    const answered = await send(due, at);
    const { status, problem, answer } = answered;
    const tried: DeliveryAttempt = {
      ...{ at: at.toISOString(), status, answer, durationMs: Math.round(performance.now() - startedAt) },
      ...(problem !== undefined && { problem }),
    };
    const about = { endpointId: due.endpoint.id, eventId: due.event.id, status, problem };
    const outcome = judgeAnswer(answered, { tries: due.delivery.tries + 1, at, random: Math.random() });
    if (outcome.kind === 'failed') log.error('webhook failed, and is not sent again', about);
    if (outcome.kind === 'retry') {
      const pauseMs = outcome.nextAt.getTime() - at.getTime();
      log.warn('webhook failed, and is sent again', { ...about, pauseMs });
    }
    const disabled = await webhooks.recordAttempt(due.delivery, tried, outcome, due.endpoint.url);
    if (disabled !== undefined) log.error('webhook endpoint disabled', { ...about, reason: disabled });
    return outcome.kind === 'delivered' || outcome.kind === 'failed';
  };

  return {
    /**
     * Sends the events of a stream in order, until one fails, none is left, or the step reaches its limit. A repeat of
     * the step sends at most one event again: the one whose outcome was not recorded.
     */
    async deliverWebhooks(stream: WebhookStream): Promise<StreamState> {
      const { endpointId } = stream;
      const endsAt = performance.now() + stepMs;
      const busy = underWay.get(endpointId) ?? 0;
      if (busy >= sendsPerEndpoint) return { waitMs: Math.round(busyPauseMs * (0.5 + Math.random())) };
      underWay.set(endpointId, busy + 1);
      try {
        let isContinuing = true;
        for (let sent = 0; ; sent += 1) {
          const due = await webhooks.nextDelivery(stream);
          if (due === undefined) return { waitMs: null };
          const waitMs = due.delivery.nextAt.getTime() - now().getTime();
          // Never 0, and never endless: where the clock is behind, the workflow looks again.
          if (waitMs > 0) return { waitMs: Math.max(1_000, waitMs) };
          if (!isContinuing || sent >= sentPerStep || performance.now() >= endsAt) return { waitMs: 0 };
          isContinuing = await attempt(due);
        }
      } finally {
        const left = (underWay.get(endpointId) ?? 1) - 1;
        if (left > 0) underWay.set(endpointId, left);
        else underWay.delete(endpointId);
      }
    },
  };
}
