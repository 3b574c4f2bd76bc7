/** Runs and shows the whole import of one sample user. */
import { setTimeout as pause } from 'node:timers/promises';

import { startIdleThreads } from '../records/read/reading-threads';
import type { RunningDev } from './dev';
import type { ConsentJson } from './portage-api';
import { connectSampleUser } from './sample-user';
import { importProgress } from './terminal';

/**
 * Runs a whole one-time import for one sample user.
 *
 * @returns the consent after its end
 */
export async function importSampleUser(dev: RunningDev, signal: AbortSignal): Promise<ConsentJson> {
  const emulatorUrl = dev.config.google.emulatorUrl;
  if (emulatorUrl === undefined) throw new Error('the sample user needs the emulator; unset GOOGLE_CLIENT_ID');
  const progress = importProgress();
  // Their code loads while the user connects: loading takes longer than reading these archives.
  startIdleThreads(dev.sampleResources.length);
  try {
    const consentId = await connectSampleUser({
      api: dev.api,
      emulatorUrl,
      userId: 'sample-user',
      resources: dev.sampleResources,
    });
    for (;;) {
      const consent = await dev.api.getConsent(consentId);
      progress.show(consent);
      if (consent.endedAt !== null) return consent;
      await pause(250, undefined, { signal });
    }
  } finally {
    progress.done();
  }
}

/** Whether every byte arrived and was verified. */
export function isWhole(consent: ConsentJson): boolean {
  return consent.state === 'completed' && consent.exports.every(({ verdict }) => verdict === 'complete');
}
