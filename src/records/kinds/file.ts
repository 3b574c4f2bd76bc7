/** A file that is delivered as it is: media, and any file that no reader knows. */
import { z } from 'zod';

import type { Kind } from './kind';

export const fileKinds = {
  file: {
    title: 'The description of a file in the archive; the member that `source` names holds its bytes',
    schema: z.looseObject({
      path: z.string().describe('Path in the folder of the service, in the language of the account'),
      bytes: z.int().describe('Length of the unpacked file'),
      crc32: z.int().describe('CRC-32 that the ZIP directory states'),
      mediaType: z.string().describe('Portage derives it from the first bytes, never from the name'),
    }),
    required: ['path'],
    mapping: 'schema.org `MediaObject`: `name` ← `path`, `contentSize` ← `bytes`, `encodingFormat` ← `mediaType`',
  },
} as const satisfies Record<string, Kind>;
