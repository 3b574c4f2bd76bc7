/** Twenty changed bytes; ten thousand are in mutations.long.test.ts. */
import { mutate } from './mutations';

it('a file with a changed byte is read, or its loss is reported with its place', () => mutate(20));
