/** Makes the content of an archive from the seed: which producer knows which resource. */
import { mediaContent } from '../media';
import { activity } from './activity';
import { broken, drifted } from './ailments';
import { chrome } from './chrome';
import { discover, saved, searchContributions } from './lists';
import { maps, streetview } from './maps';
import { other } from './other';
import { play } from './play';
import type { Producer, ServiceFolder } from './produce';
import type { Subject } from './subject';
import { youtube } from './youtube';

const producers: [prefix: string, producer: Producer][] = [
  ['myactivity.', activity],
  ['chrome.', chrome],
  ['youtube.', youtube],
  ['maps.', maps],
  ['play.', play],
  ['saved.', saved],
  ['discover.', discover],
  ['search_ugc.', searchContributions],
  ['streetview.', streetview],
  [
    'nest.camera_video',
    (subject) => ({
      service: 'NEST',
      folder: 'Nest',
      files: Array.from({ length: subject.settings.mediaFiles }, (_, number) => ({
        path: `Nest camera video/${number + 1}.mp4`,
        content: mediaContent(
          [subject.seed, subject.account.accountId, 'nest', number].join('/'),
          subject.settings.mediaBytes,
        ),
      })),
    }),
  ],
];

/** Producers whose records drift in their own keys. */
const ownDrift = /^(myactivity\.|chrome\.history$)/;

/** The service folder of a resource; without files when the account holds no such data. */
export function generate(subject: Subject): ServiceFolder {
  const { account, resource, settings } = subject;
  const producer = producers.find(([prefix]) => resource.startsWith(prefix))?.[1] ?? other;
  const made = producer(subject);
  if (account.emptyResources.includes(resource)) return { ...made, files: [] };
  if (settings.content === 'drifted' && !ownDrift.test(resource)) return { ...made, files: made.files.map(drifted) };
  const [first, ...rest] = made.files;
  if (settings.content === 'broken' && first !== undefined) return { ...made, files: [broken(first), ...rest] };
  return made;
}
