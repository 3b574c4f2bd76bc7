/** All kinds of records by name. The JSON Schemas in docs/schemas are made from these. */
import { z } from 'zod';

import { activityKinds } from './activity';
import { alertKinds } from './alerts';
import { chromeKinds } from './chrome';
import { fileKinds } from './file';
import type { Kind } from './kind';
import { listKinds } from './lists';
import { mapsKinds } from './maps';
import { myMapsKinds } from './my-maps';
import { placeKinds } from './places';
import { playKinds } from './play';
import { shoppingKinds } from './shopping';
import { youtubeKinds } from './youtube';

const all = {
  ...activityKinds,
  ...chromeKinds,
  ...youtubeKinds,
  ...mapsKinds,
  ...playKinds,
  ...listKinds,
  ...alertKinds,
  ...shoppingKinds,
  ...myMapsKinds,
  ...placeKinds,
  ...fileKinds,
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof all;

export const kinds: Readonly<Record<KindName, Kind>> = all;

/** The fields of a kind as TypeScript sees them. */
export type DataOf<K extends KindName> = z.infer<(typeof all)[K]['schema']>;

export function isKind(name: string): name is KindName {
  return Object.hasOwn(all, name);
}

/** JSON Schema (draft 2020-12) of a whole record of a kind. */
export function recordSchema(kind: KindName): object {
  const { title, schema } = kinds[kind];
  const record = z.object({
    key: z.string().regex(/^[0-9a-f]{32}(-\d+)?$/),
    resource: z.string(),
    kind: z.literal(kind),
    occurredAt: z.string().describe('RFC 3339, UTC').optional(),
    data: schema,
    source: z.object({ exportId: z.string(), part: z.int(), entry: z.int(), index: z.int() }),
  });
  return { title, ...z.toJSONSchema(record, { reused: 'ref' }) };
}
