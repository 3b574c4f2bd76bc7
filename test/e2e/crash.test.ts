/** A worker that is killed in the middle of its work; crash.long.test.ts tells it of every deployment and every moment. */
import { postgres, tellCrashStories } from './crash-stories';

tellCrashStories('a worker process of its own, on PostgreSQL', postgres, /in the middle of a part/);
