/** Reads the records of stored exports, with an independent ZIP reader. */
import { openPart } from '../../src/archive/store/part-reader';
import type { Portage } from '../../src/portage';
import { unzip } from '../emulator/archive-reader';

/** A record of Chrome's history, as Google writes it (docs/google-api.md §A5). */
export interface Visit {
  readonly url: string;
  readonly at: Date;
}

/** The visits in all parts of an export, as they are in the storage. */
export async function storedVisits(
  portage: Portage,
  { id, consentId }: { id: string; consentId: string },
): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (const part of await portage.exports.listParts(id)) {
    const reader = await openPart(portage, consentId, part);
    const chunks: Buffer[] = [];
    for await (const chunk of reader.read(0, part.bytes)) chunks.push(chunk);
    for (const [name, content] of await unzip(Buffer.concat(chunks))) {
      if (!name.endsWith('.json')) continue;
      const file = JSON.parse(content.toString()) as { 'Browser History'?: { url: string; time_usec: number }[] };
      for (const { url, time_usec: micros } of file['Browser History'] ?? [])
        visits.push({ url, at: new Date(micros / 1_000) });
    }
  }
  return visits;
}
