/** How everything that talks to Temporal writes and reads payloads: the same for every client and every worker. */
import type { DataConverter } from '@temporalio/common';

import type { Config } from '../config';
import { createPayloadCodec } from './payload-codec';

/** Given to `npm run build` as well, since workflows run from a bundle. */
const failureConverterPath = require.resolve('./failure-converter');

/**
 * @param config `encrypted` seals everything that Temporal lets a codec see; `readable` leaves new payloads and the
 *   failures of activities as they are, and still opens what was sealed before
 */
export function createDataConverter({ vaultKeys, temporal }: Pick<Config, 'vaultKeys' | 'temporal'>): DataConverter {
  const seals = temporal.payloads === 'encrypted';
  return {
    payloadCodecs: [createPayloadCodec(vaultKeys, { seals })],
    ...(seals ? { failureConverterPath } : {}),
  };
}
