/** How every client and worker writes and reads Temporal's payloads: all of them use the same converter. */
import type { DataConverter } from '@temporalio/common';

import type { Config } from '../config';
import { createPayloadCodec } from './payload-codec';

/** Also passed to `npm run build`, since workflows run from a bundle. */
const failureConverterPath = require.resolve('./failure-converter');

/**
 * @param config `encrypted` seals everything that Temporal passes to a codec, and refuses what is not sealed unless
 * `ALLOW_UNSAFE` allows it; `readable` leaves new payloads and the failures of activities as they are, and still opens
 * payloads that were sealed before
 */
export function createDataConverter({ vaultKeys, temporal }: Pick<Config, 'vaultKeys' | 'temporal'>): DataConverter {
  const seals = temporal.payloads === 'encrypted';
  return {
    payloadCodecs: [createPayloadCodec(vaultKeys, { seals, acceptsUnsealed: temporal.acceptsUnsealed })],
    ...(seals ? { failureConverterPath } : {}),
  };
}
