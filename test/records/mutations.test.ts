/** Twenty changed bytes; mutations.long.test.ts changes thousands. */
import { mutate } from './mutations';

it('a file with a changed byte is read, or its loss is reported with its place', () => mutate(20));
