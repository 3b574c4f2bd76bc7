/**
 * Puts messages and stacks of failures into payloads, which the codec seals. It is loaded by path, also into workflows.
 */
import { DefaultFailureConverter } from '@temporalio/common';

/** The type, and whether a retry can help, stay readable: server and workflows decide by them. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
