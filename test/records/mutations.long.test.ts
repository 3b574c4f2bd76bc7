/** Ten thousand changed bytes in files of every resource that is read into records. */
import { mutate } from './mutations';

it('files with a changed byte are read, or their loss is reported with its place', () => mutate(10_000), 3_600_000);
