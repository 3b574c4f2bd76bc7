/** What a worker does with payloads that were not sealed for the workflow that gets them: it uses nothing of them. */
import type { DataConverter, Payload, PayloadCodec, SerializationContext } from '@temporalio/common';

import { PortageError } from '../domain/error-codes';
import type { Logger } from '../log';

/** Becomes `undefined` in the workflow. */
const empty = (): Payload => ({ metadata: { encoding: Buffer.from('binary/null') } });

/** A stranger can send any number of payloads, and a replay reads them again. */
const warnEveryMs = 60_000;

/**
 * For workers. If opening a stranger's message failed, Temporal would give it to the workflow again and again, and the
 * workflow would stop.
 *
 * @returns the converter, with an empty payload in place of each one that is refused with `VAULT_SEAL_BROKEN`. A missing
 * key stays an error: the work is repeated until the worker has the key
 */
export function ignoringForeignPayloads(converter: DataConverter, logger: Logger): DataConverter {
  let warnAtMs = 0;
  const warn = (err: PortageError, context: SerializationContext | undefined): void => {
    if (performance.now() < warnAtMs) return;
    warnAtMs = performance.now() + warnEveryMs;
    logger.warn(
      { err, workflowId: context?.workflowId },
      'a payload was ignored: it was not sealed for this workflow. Restrict who may call Temporal; after a change of TEMPORAL_PAYLOADS from readable to encrypted, add "unsealed-payloads" to ALLOW_UNSAFE',
    );
  };
  const ignoring = (codec: PayloadCodec): PayloadCodec => {
    const open = async (payload: Payload, context: SerializationContext | undefined): Promise<Payload[]> => {
      try {
        return await codec.decode([payload], context);
      } catch (error) {
        if (!(error instanceof PortageError) || error.code !== 'VAULT_SEAL_BROKEN') throw error;
        warn(error, context);
        return [empty()];
      }
    };
    return {
      encode: (payloads, context) => codec.encode(payloads, context),
      decode: async (payloads, context) =>
        (await Promise.all(payloads.map((payload) => open(payload, context)))).flat(),
    };
  };
  return { ...converter, payloadCodecs: converter.payloadCodecs?.map(ignoring) ?? [] };
}
