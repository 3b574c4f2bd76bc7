/** Processes that are killed at every moment that matters, on both kinds of deployment; one story is in crash.test.ts. */
import { embedded, postgres, testCrashes } from './crash-stories';

testCrashes('server and worker in one process, on PGlite', embedded);
testCrashes('a worker process of its own, on PostgreSQL', postgres, /^(?!.*in the middle of a part)/);
