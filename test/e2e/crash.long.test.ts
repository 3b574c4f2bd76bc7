/** Processes that are killed at every moment that matters, on both kinds of deployment. */
import { embedded, postgres, tellCrashStories } from './crash-stories';

tellCrashStories('server and worker in one process, on PGlite', embedded);
tellCrashStories('a worker process of its own, on PostgreSQL', postgres);
