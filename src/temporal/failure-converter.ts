/** Puts messages and stacks of failures into payloads, which the codec seals; loaded by path, into the workflows too. */
import { DefaultFailureConverter } from '@temporalio/common';

/** Types and whether a retry can help stay readable: server and workflows decide by them. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
