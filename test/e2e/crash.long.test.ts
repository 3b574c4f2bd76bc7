/** Processes that are killed at every moment that matters, on both kinds of deployment. */
import { embedded, postgres, testCrashes } from './crash-stories';

testCrashes('server and worker in one process, on PGlite', embedded);
testCrashes('a worker process of its own, on PostgreSQL', postgres);
