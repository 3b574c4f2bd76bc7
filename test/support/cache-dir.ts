/** The user's cache folder, shared with `npm start`: each uses the builds of the other. */
import { defaultCacheDir } from '../../src/dev/cache-dir';

export const cacheDir = defaultCacheDir(process.env);
