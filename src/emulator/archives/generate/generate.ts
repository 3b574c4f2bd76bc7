/** Generates the content of an archive from the seed, by the producer of its resource. */
import { activity } from './activity';
import { broken, drifted } from './ailments';
import { alerts } from './alerts';
import { businessMessaging } from './business-messaging';
import { chrome } from './chrome';
import { discover } from './discover';
import { fitbit, pixel } from './fitbit-and-pixel';
import { maps } from './maps';
import { myMaps } from './my-maps';
import { nest } from './nest';
import { orders } from './orders';
import { play } from './play';
import type { Producer, ServiceFolder } from './produce';
import { saved } from './saved';
import { searchContributions } from './search-contributions';
import { searchNotifications } from './search-notifications';
import { shopping } from './shopping';
import { streetView } from './street-view';
import type { Subject } from './subject';
import { youtube } from './youtube';

/** By the first part of a resource's name. */
const producers: Record<string, Producer> = {
  alerts,
  businessmessaging: businessMessaging,
  chrome,
  discover,
  fitbit,
  maps,
  myactivity: activity,
  mymaps: myMaps,
  nest,
  order_reserve: orders,
  pixel,
  play,
  saved,
  search_ugc: searchContributions,
  searchnotifications: searchNotifications,
  shopping,
  streetview: streetView,
  youtube,
};

/** Producers whose records drift in their own keys. */
const ownDrift = /^(myactivity\.|chrome\.history$)/;

/** The service folder of a resource; without files when the account holds no such data. */
export function generate(subject: Subject): ServiceFolder {
  const { account, resource, settings } = subject;
  const producer = producers[resource.replace(/\..*$/, '')];
  if (producer === undefined) throw new Error(`No producer knows ${resource}: add one to generate.ts`);
  const made = producer(subject);
  if (account.emptyResources.includes(resource)) return { ...made, files: [] };
  if (settings.content === 'drifted' && !ownDrift.test(resource)) return { ...made, files: made.files.map(drifted) };
  const [first, ...rest] = made.files;
  if (settings.content === 'broken' && first !== undefined) return { ...made, files: [broken(first), ...rest] };
  return made;
}
