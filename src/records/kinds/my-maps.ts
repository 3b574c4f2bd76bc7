/** Maps that the person made, in KML (docs/google-api.md §A7, https://www.ogc.org/standards/kml). */
import { z } from 'zod';

import { anything, text, texts, type Kind } from './kind';

export const myMapsKinds = {
  own_map: {
    title: 'A map that the person made',
    schema: z.looseObject({ name: text(), description: text(), file: text('Name of the file that holds the map') }),
    required: ['name'],
    mapping: 'schema.org `Map`: `name` ← `name`, `description` ← `description`',
  },
  map_feature: {
    title: 'A place, line or area on a map that the person made',
    schema: z.looseObject({
      map: text('Name of the map'),
      layers: texts('Names of the folders that contain it, the outermost first'),
      name: text(),
      description: text('Text, or HTML'),
      geometry: z
        .looseObject({ type: z.string() })
        .describe('GeoJSON, longitude first; absent when the feature has no place')
        .optional(),
      address: text(),
      time: text(),
      extendedData: z.record(z.string(), z.string()).describe('The columns of the layer’s table, by name').optional(),
      styleUrl: text(),
      style: anything('The style that `styleUrl` names, as the KML has it'),
      others: z.record(z.string(), z.unknown()).describe('The elements that Portage does not know, by name').optional(),
    }),
    required: [],
    mapping: 'schema.org `Place`: `name` ← `name`, `description` ← `description`, `geo` ← `geometry`',
  },
} as const satisfies Record<string, Kind>;
