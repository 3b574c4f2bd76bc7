/**
 * The messages to running workflows, from outside and from each other. Handlers only record them; the main functions
 * act.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';

import type { ExportOutcome } from '../domain/outcome';
import type { Policy, Retention } from '../domain/policy';
import type { AccessType, ConsentState, ExportState } from '../domain/states';

/** To a consent: start no new export; one under way is finished, since Google keeps its archive for days only. */
export const pauseSignal = defineSignal('pause');
export const resumeSignal = defineSignal('resume');
/** To a consent: stop, reset the authorization, delete the tokens. */
export const cancelSignal = defineSignal('cancel');
/** To a consent, also after its end: like `cancel`, and delete all its stored data. */
export const deleteSignal = defineSignal('delete');
/** To a consent, passed on to its loops: the end of the grant has changed. */
export const renewedSignal = defineSignal<[{ endsAtMs: number | null }]>('renewed');
/** To a consent: a newer consent of the same user has taken over these resources. */
export const supersededSignal = defineSignal<[{ resources: readonly string[]; by: string }]>('superseded');

/** To a loop: end; an archive under way is finished, or abandoned. */
export const stopSignal = defineSignal<[{ how: 'finish' | 'abandon' }]>('stop');
/** To a loop: end after the current export; the batch continues with its resource. */
export const joinBatchSignal = defineSignal('joinBatch');
/** To the batch: end after the current export; each of its resources continues in its own loop. */
export const leaveBatchSignal = defineSignal('leaveBatch');
/** To the batch: add or remove these resources, from its next export on. */
export const addResourcesSignal = defineSignal<[{ resources: readonly string[] }]>('addResources');
export const removeResourcesSignal = defineSignal<[{ resources: readonly string[] }]>('removeResources');
/** From a loop that was tried on its own to its consent: Google's lock does not count for all resources any more. */
export const splitWorkedSignal = defineSignal('splitWorked');

/** The answer of a loop to a request for an export now. */
export type ExportNowAnswer =
  | { readonly kind: 'started'; readonly exportId: string }
  /** Google allows it only from this time on (epoch milliseconds). */
  | { readonly kind: 'locked'; readonly untilMs: number }
  | { readonly kind: 'paused' }
  /** No export can be started any more: the loop is ending, or could not start it. */
  | { readonly kind: 'ended' };

export const exportNowUpdate = defineUpdate<ExportNowAnswer>('exportNow');

/** The settings of the retention. */
export interface RetentionInput {
  readonly policy: Policy;
  /** Null keeps all data; interrupted deletions are finished anyway. */
  readonly retention: Retention | null;
}

/** To the retention: how long data is kept from now on. */
export const retentionSettingsSignal = defineSignal<[RetentionInput]>('settings');

/** Which events a webhook workflow sends: those of one consent, connect session or neither, to one endpoint. */
export interface WebhookInput {
  readonly endpointId: string;
  /** A consent's id, a connect session's, or `app`. */
  readonly stream: string;
  readonly policy: Policy;
}

/** To a webhook workflow: there may be something to send earlier than the workflow expects. */
export const wakeWebhookSignal = defineSignal('wake');

/** The answer of a consent’s workflow. */
export interface ConsentStatus {
  readonly state: ConsentState;
  readonly accessType: AccessType | undefined;
  readonly endsAtMs: number | null;
  readonly paused: boolean;
  readonly loops: readonly string[];
  readonly exports: readonly ExportOutcome[];
}

/** The answer of a loop's workflow. */
export interface ExportStatus {
  readonly state: ExportState | 'sleeping';
  /** Since when the loop is in that state. */
  readonly sinceMs: number;
  readonly resources: readonly string[];
  readonly exportId: string | undefined;
  readonly nextAtMs: number;
  readonly paused: boolean;
}

export const consentStatusQuery = defineQuery<ConsentStatus>('status');
export const exportStatusQuery = defineQuery<ExportStatus>('status');
