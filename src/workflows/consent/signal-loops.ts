/** The signals that a consent sends to its running loops. */
import { isCancellation } from '@temporalio/workflow';

import { batchLoop } from '../../domain/schedule';
import {
  joinBatchSignal,
  leaveBatchSignal,
  pauseSignal,
  removeResourcesSignal,
  renewedSignal,
  resumeSignal,
  stopSignal,
} from '../signals-and-queries';
import type { Loop } from './consent-loops';
import type { LiveConsent } from './live-consent';

/**
 * When a loop ends before a signal reaches it, its result settles the matter. @returns whether the signal reached it
 */
export async function reach(send: () => Promise<void>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}

async function signalEach({ loops }: LiveConsent, send: (loop: Loop, name: string) => Promise<void>): Promise<void> {
  for (const [name, loop] of [...loops.running]) await reach(() => send(loop, name));
}

/** Notifies the loops whether the consent is paused. */
export function pauseLoops(consent: LiveConsent): Promise<void> {
  const { paused } = consent;
  return signalEach(consent, ({ handle }) => handle.signal(paused ? pauseSignal : resumeSignal));
}

/** Notifies the loops of the end of the grant. */
export function renewLoops(consent: LiveConsent, endsAtMs: number | null): Promise<void> {
  return signalEach(consent, ({ handle }) => handle.signal(renewedSignal, { endsAtMs }));
}

export function stopLoops(consent: LiveConsent, how: 'finish' | 'abandon'): Promise<void> {
  return signalEach(consent, ({ handle }) => handle.signal(stopSignal, { how }));
}

/** Another consent has taken over these resources: their loops stop, and they leave the batch. */
export async function supersedeLoops(consent: LiveConsent, resources: readonly string[]): Promise<void> {
  const { superseded } = consent.loops;
  for (const resource of resources) superseded.add(resource);
  await signalEach(consent, async (loop, name) => {
    const gone = loop.resources.filter((resource) => superseded.has(resource));
    loop.resources = loop.resources.filter((resource) => !superseded.has(resource));
    if (gone.length === 0) return;
    if (name === batchLoop) await loop.handle.signal(removeResourcesSignal, { resources: gone });
    else await loop.handle.signal(stopSignal, { how: 'finish' });
  });
}

/** Makes every time-based loop join the batch. */
export function joinBatch(consent: LiveConsent): Promise<void> {
  return signalEach(consent, async ({ plan: { accessType }, handle }, name) => {
    if (name !== batchLoop && accessType === 'time_based') await handle.signal(joinBatchSignal);
  });
}

/** Makes the batch end, so that its resources continue in their own loops. */
export function leaveBatch(consent: LiveConsent): Promise<void> {
  return signalEach(consent, async ({ handle }, name) => {
    if (name === batchLoop) await handle.signal(leaveBatchSignal);
  });
}
