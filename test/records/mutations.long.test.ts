/** Changed bytes in files of every resource that is read into records; MUTATIONS says how many. */
import { mutate } from './mutations';

it(
  'files with a changed byte are read, or their loss is reported with its place',
  () => mutate(Number(process.env['MUTATIONS'] ?? 4_000)),
  3_600_000,
);
