/** Ids that a link contains (docs/records.md, "Verbs and objects"). */
import { z } from 'zod';

import { text } from './kind';

/** @param fields that hold the link */
export function linkObject(fields: string): z.ZodOptional<z.ZodObject> {
  const ids = z.looseObject({
    videoId: text('11 characters'),
    channelId: text('`UC` and 22 characters'),
    playlistId: text(),
    placeId: text('The id in Google’s Places API'),
    featureId: text('The id of a place on Maps: `0x…:0x…`'),
    cid: text('The second number of `featureId`, in decimal digits'),
    packageName: text('The package name of an Android app'),
    productId: text('The id of a product in Google Shopping'),
    query: text('The text of the search'),
    url: text('The address to which a link of Google leads'),
  });
  // `describe` would make a copy, and JSON Schema would refer to what both share.
  return ids.register(z.globalRegistry, { description: `Ids in ${fields}; not part of the key` }).optional();
}
