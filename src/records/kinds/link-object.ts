/** Ids that a link gives away (docs/records.md, "Verbs and objects"). */
import { z } from 'zod';

import { text } from './kind';

/** @param fields that hold the link */
export function linkObject(fields: string): z.ZodOptional<z.ZodObject> {
  const ids = z.looseObject({
    videoId: text('11 characters'),
    channelId: text('`UC` and 22 characters'),
    playlistId: text(),
    placeId: text('As the Places API has it'),
    featureId: text('Of a place on Maps: `0x…:0x…`'),
    cid: text('The second number of `featureId`, in decimal digits'),
    packageName: text('Of an Android app'),
    productId: text('Of a product in Google’s shopping'),
    query: text('What was searched for'),
    url: text('Where a link of Google’s leads'),
  });
  // `describe` would make a copy, and JSON Schema would refer to what both share.
  return ids.register(z.globalRegistry, { description: `Ids in ${fields}; not part of the key` }).optional();
}
