/** A file that is delivered as it is: media, and whatever no reader knows. */
import { z } from 'zod';

import type { Kind } from './kind';

export const fileKinds = {
  file: {
    title: 'A file of the archive, described; its bytes are the member that `source` names',
    schema: z.looseObject({
      path: z.string().describe('Path below the folder of the service, in the language of the account'),
      bytes: z.int().describe('Length when unpacked'),
      crc32: z.int().describe('CRC-32 by the ZIP directory'),
      mediaType: z.string().describe('By the first bytes, never by the name'),
    }),
    required: ['path'],
    mapping: 'schema.org `MediaObject`: `name` ← `path`, `contentSize` ← `bytes`, `encodingFormat` ← `mediaType`',
  },
} as const satisfies Record<string, Kind>;
