/** Makes the content of an archive from the seed: which producer knows which resource. */
import { activity } from './activity';
import { other } from './other';
import type { Producer, ServiceFolder } from './produce';
import type { Subject } from './subject';

const producers: [prefix: string, producer: Producer][] = [['myactivity.', activity]];

/** The service folder of a resource; without files when the account holds no such data. */
export function generate(subject: Subject): ServiceFolder {
  const producer = producers.find(([prefix]) => subject.resource.startsWith(prefix))?.[1] ?? other;
  const folder = producer(subject);
  return subject.account.emptyResources.includes(subject.resource) ? { ...folder, files: [] } : folder;
}
