/** A worker that is killed during its work; crash.long.test.ts tests every deployment and every moment. */
import { postgres, testCrashes } from './crash-stories';

testCrashes('a worker process of its own, on PostgreSQL', postgres, /in the middle of a part/);
