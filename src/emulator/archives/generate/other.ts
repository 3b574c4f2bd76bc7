/** Resources whose files nobody has described: plain JSON under a folder of the service (docs/google-api.md §A9, open). */
import { findResource } from '../../resources';
import { jsonFile, type Producer } from './produce';
import { happenings } from './subject';

export const other: Producer = (subject) => {
  const facts = findResource(subject.resource);
  const name = facts?.title ?? subject.resource;
  const items = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => ({
    name: chance.pick(subject.words.topics),
    createTime: new Date(at).toISOString(),
  }));
  const service = (facts?.service ?? subject.words.folders.other).toUpperCase().replaceAll(/\W+/g, '_');
  return {
    service,
    folder: facts?.service ?? subject.words.folders.other,
    files:
      items.length === 0 ? [] : [jsonFile(`${name.replaceAll(/[:/]/g, ' -')}.json`, { [subject.resource]: items })],
  };
};
