/** G/schema-reference/streetview, read in translations; names of fields are English in them. */
import { degrees, instant, json, list, media, object, type DocumentedResource } from '../documented';

const point = object({ latitude: degrees, longitude: degrees, altitude: { type: 'number' }, capture_time: instant }, [
  'altitude',
]);

export const streetView: DocumentedResource[] = [
  {
    resource: 'streetview.imagery',
    page: 'streetview',
    read: 'whole, translated',
    fields: 'page',
    files: [
      {
        name: 'Sensor data/*.json',
        path: /^Sensor data\/.*\.json$/,
        check: json({
          $comment: 'G/schema-reference/streetview, Sensor data; the altitude stands where it is known',
          ...object({ gps_track: list(point) }),
        }),
      },
      { name: 'Videos/*.mp4', path: /^Videos\/.*\.mp4$/, check: media },
      { name: 'Uploaded 360 images/*.jpg', path: /^Uploaded 360 images\/.*\.jpg$/, check: media },
    ],
  },
];
