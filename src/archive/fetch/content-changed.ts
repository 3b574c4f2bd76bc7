/** Thrown inside a download when the content of the object behind the link is no longer the one being fetched. */
import type { ObjectFacts } from '../../database/parts';

export class ContentChanged extends Error {
  override readonly name = 'ContentChanged';
  /** @param facts the new content, when the answer describes it */
  constructor(readonly facts: ObjectFacts | undefined) {
    super('the object became another one');
  }
}
