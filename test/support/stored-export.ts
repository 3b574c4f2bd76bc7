/** An export whose parts are in storage as after a download: sealed, segment by segment, with their rows. */
import { createHash } from 'node:crypto';

import { crc32c } from '@node-rs/crc32';

import { sealSegment, segmentKey } from '../../src/archive/store/segment-seal';
import type { StoredPart } from '../../src/database/parts';
import type { RecordChoice } from '../../src/domain/records';
import type { Portage } from '../../src/portage';
import { createStage } from '../database/databases';

export interface StoredExport {
  readonly consentId: string;
  readonly exportId: string;
  /** Of the host app that the consent belongs to. */
  readonly apiKey: string;
  readonly parts: readonly StoredPart[];
  /** Storage keys of a part's segments, in order. */
  segmentKeys(part: number): string[];
}

export interface ExportToStore {
  readonly parts: readonly Buffer[];
  /** How many parts Google gave; those that are stored, if unset. */
  readonly partsTotal?: number;
  readonly segmentBytes?: number;
  /** An export of another one's consent; a consent of its own, if unset. */
  readonly after?: Pick<StoredExport, 'consentId' | 'apiKey'>;
  readonly cycle?: number;
  readonly resource?: string;
  readonly startTime?: Date;
  /** The host app's choice of records for a new consent. */
  readonly keep?: RecordChoice;
}

export async function storeExport(
  portage: Portage,
  { parts, partsTotal = parts.length, segmentBytes = 1_000, after, keep, ...request }: ExportToStore,
): Promise<StoredExport> {
  const at = portage.now();
  const stage = createStage(portage.database.db, portage.vault);
  const consent = async () => {
    const { key: apiKey, hostApp } = await portage.hostApps.createApiKey(`app ${crypto.randomUUID()}`);
    const session = await stage.session({ hostAppId: hostApp.id, ...(keep !== undefined && { keep }) });
    return { consentId: await stage.consent({ session }), apiKey };
  };
  const { consentId, apiKey } = after ?? (await consent());
  const { cycle = 1, resource = 'myactivity.search', startTime } = request;
  const { id: exportId } = await portage.exports.begin({
    ...{ consentId, resource, resources: [resource], cycle, startTime, endTime: undefined, at },
  });
  await portage.exports.beginDownload(exportId, { parts: partsTotal, exportTime: undefined });
  const key = await portage.exportKeys.create({ consentId, exportId }, at);

  const stored: StoredPart[] = [];
  const keys = new Map<number, string[]>();
  for (const [index, content] of parts.entries()) {
    const claimed = await portage.parts.claim(exportId, `object ${index}`);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32c(content));
    const facts = {
      generation: null,
      etag: null,
      version: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
      statedCrc32c: sum.toString('base64'),
      statedMd5: createHash('md5').update(content).digest('base64'),
    };
    const part = await portage.parts.describe(claimed, facts, segmentBytes);
    const count = Math.ceil(content.length / segmentBytes);
    for (let number = 0; number < count; number += 1) {
      const plain = content.subarray(number * segmentBytes, (number + 1) * segmentBytes);
      const own = { consentId, exportId, partNumber: part.number, version: part.version, segmentBytes, number };
      const place = { ...own, isLast: number === count - 1 };
      await portage.storage.put(segmentKey(place), sealSegment(key, place, plain));
      keys.set(part.number, [...(keys.get(part.number) ?? []), segmentKey(place)]);
      const sha256 = createHash('sha256').update(plain).digest('hex');
      await portage.parts.recordSegment(part, { number, bytes: plain.length, sha256, crc32c: crc32c(plain), at });
    }
    stored.push(await portage.parts.complete(part, content.length, at));
  }
  await portage.exports.beginVerification(exportId);
  return { consentId, exportId, apiKey, parts: stored, segmentKeys: (part) => keys.get(part) ?? [] };
}
