/** Archives that download slowly, for stories of work in parallel with them. */
import { until } from '../support/program';
import type { TestPortage } from '../support/portage';

const slowResource = 'youtube.public_videos';

/**
 * Connects so many users whose archives come slowly, and waits until all of them are being downloaded.
 *
 * @returns the ids of their consents
 */
export async function beginSlowDownloads(
  running: TestPortage,
  { count, bytesPerSecond, mediaBytes }: { count: number; bytesPerSecond: number; mediaBytes: number },
): Promise<string[]> {
  const { portage, emulator } = running;
  emulator.control.setJobs({ mediaBytes, mediaFiles: 1, dataParts: 1, manifest: 'same-part' });
  const ids: string[] = [];
  const accountIds = new Set<string | undefined>();
  for (let number = 1; number <= count; number += 1) {
    const account = `slow-${number}@example.com`;
    accountIds.add(emulator.control.addAccount({ email: account, name: `Slow ${number}` }).accountId);
    emulator.control.addFault({ method: 'download', account, bytesPerSecond, times: 10_000 });
    const decision = { account, access: 'once' } as const;
    const { consentId = '' } = await running.connect({ resources: [slowResource], userId: account, decision });
    ids.push(consentId);
  }
  const calls = () => emulator.control.requests().filter(({ method }) => method === 'download');
  const isBegun = () => {
    const seen = new Set(calls().map(({ accountId }) => accountId));
    return [...accountIds].every((accountId) => seen.has(accountId));
  };
  await until('every slow archive is being downloaded', isBegun);
  const states = await statesOf(portage, ids);
  if (states.some((state) => state !== 'downloading')) throw new Error(`not all are slow: ${states.join(', ')}`);
  return ids;
}

/** The states of the only exports of these consents. */
export async function statesOf(portage: TestPortage['portage'], consentIds: readonly string[]): Promise<string[]> {
  const rows = await Promise.all(consentIds.map((id) => portage.exports.listByConsent(id)));
  return rows.map(([row]) => row?.state ?? 'none');
}
