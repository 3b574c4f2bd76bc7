/** Nest, by the page `nest` (docs/google-api.md §A9): formats and contents are documented, fields are not. */
import { mediaFile } from './media-file';
import { jsonFile, type Producer, type ServiceFolder } from './produce';
import { chanceOf, happenings, type Subject } from './subject';
import { iso } from './times';
import { undocumented } from './undocumented';

type Files = ServiceFolder['files'];

const makers: Record<string, (subject: Subject) => Files> = {
  'nest.user': ({ account }) => [
    jsonFile('Nest user.json', {
      name: undocumented(account.name),
      email: account.email,
      profilePicture: 'https://lh3.googleusercontent.com/a/example',
      homes: [{ name: undocumented('Home'), devices: [{ name: undocumented('Front door camera') }] }],
    }),
  ],
  'nest.store': ({ account }) => {
    const address = { name: undocumented(account.name), street: '1 Example Street', country: account.addressCountry };
    return [
      jsonFile('Nest store and Renew.json', {
        payment: { contact: account.email, billingAddress: address, shippingAddress: address },
        orders: [{ item: undocumented('Thermostat'), state: 'past' }],
        subscription: undocumented('none'),
      }),
    ];
  },
  'nest.camera_feature': () => [
    jsonFile('Nest camera features.json', {
      camera: undocumented('Front door camera'),
      maximumZoom: 6,
      mediaQuality: 'high',
      nightVision: true,
    }),
  ],
  'nest.camera_event': (subject) => {
    const events = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => ({
      event: undocumented(chance.pick(['person', 'package', 'motion'])),
      time: iso(at),
    }));
    const media = Array.from({ length: subject.settings.mediaFiles }, (_, number) => {
      const format = chanceOf(subject, subject.resource, 'clip', number).pick(['mp4', 'jpg'] as const);
      return mediaFile(subject, `Nest camera events/${number + 1}.${format}`, format, number);
    });
    return events.length === 0 ? [] : [jsonFile('Nest camera events.json', events), ...media];
  },
  'nest.camera_video': (subject) =>
    Array.from({ length: subject.settings.mediaFiles }, (_, number) =>
      mediaFile(subject, `Nest camera video/${number + 1}.mp4`, 'mp4', number),
    ),
};

export const nest: Producer = (subject) => ({
  service: 'NEST',
  folder: 'Nest',
  files: makers[subject.resource]?.(subject) ?? [],
});
