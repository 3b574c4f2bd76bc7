/** Events and diagnostics of devices; no page documents their format or fields (docs/google-api.md §A9, open). */
import { jsonFile, type Producer } from './produce';
import { happenings } from './subject';
import { iso } from './times';
import { undocumented } from './undocumented';

/** The page `fitbit` was not found; the scope is described as device events. */
export const fitbit: Producer = (subject) => {
  const events = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => ({
    event: undocumented(chance.pick(['sync', 'battery low', 'alarm'])),
    time: iso(at),
  }));
  const files = events.length === 0 ? [] : [jsonFile('Fitbit device events.json', events)];
  return { service: 'FITBIT', folder: 'Fitbit', files };
};

/** The page `pixel_telemetry` names usage and diagnostic data, without format or fields. */
export const pixel: Producer = (subject) => {
  const entries = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => ({
    diagnostic: undocumented(chance.pick(['battery', 'radio', 'display'])),
    time: iso(at),
  }));
  const files = entries.length === 0 ? [] : [jsonFile('Pixel.json', entries)];
  return { service: 'PIXEL', folder: 'Pixel', files };
};
