/** Pages without a format, or not found. */
import { anyJson, marked, type DocumentedResource } from '../documented';

export const open: DocumentedResource[] = [
  {
    resource: 'fitbit.device_events',
    page: 'fitbit',
    read: 'not found',
    fields: 'invented',
    files: [{ name: 'Fitbit device events.json', path: /\.json$/, check: marked(anyJson) }],
  },
  {
    resource: 'pixel.device_data',
    page: 'pixel_telemetry',
    read: 'whole; names no format',
    fields: 'invented',
    files: [{ name: 'Pixel.json', path: /\.json$/, check: marked(anyJson) }],
  },
];
