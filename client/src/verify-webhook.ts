/** Verifies webhooks of Portage, which are signed according to Standard Webhooks (docs/webhooks.md). */
import { Webhook } from 'standardwebhooks';

export interface WebhookEvent {
  readonly id: string;
  /** Such as `export.ready`. Ignore types that you do not know. */
  readonly type: string;
  readonly timestamp: string;
  /** Numbers the events of your app from 1. */
  readonly position: number;
  readonly data: {
    readonly consentId?: string;
    readonly exportId?: string;
    readonly connectSessionId?: string;
  } & Readonly<Record<string, unknown>>;
}

/**
 * @param secret `whsec_…`, as `portage webhooks create` printed it
 * @param body the received bytes of the request: JSON that was parsed and written again may differ
 * @param headers those of the request, in any case
 * @throws WebhookVerificationError when the message is forged, changed, or more than five minutes old or early
 */
export function verifyWebhook(
  secret: string,
  body: string | Uint8Array,
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
): WebhookEvent {
  const entries = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  const single = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  return new Webhook(secret).verify(text, Object.fromEntries(single)) as WebhookEvent;
}
