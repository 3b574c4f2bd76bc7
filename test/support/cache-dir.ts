/** The user's cache folder, shared with `npm start`: what one built, the other finds. */
import { defaultCacheDir } from '../../src/dev/cache-dir';

export const cacheDir = defaultCacheDir(process.env);
