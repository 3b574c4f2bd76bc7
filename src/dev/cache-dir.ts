/** The folder with finished builds of Temporal's servers, so that a second clone starts at once. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The user's cache folder for Portage: `$XDG_CACHE_HOME/portage`, else `~/.cache/portage`, on macOS
 * `~/Library/Caches/portage`.
 *
 * @param env the environment's variables; only `XDG_CACHE_HOME` and `HOME` are used. The XDG specification requires
 * that   a relative path is ignored.
 */
export function defaultCacheDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg?.startsWith('/') === true) return join(xdg, 'portage');
  const home = env['HOME'] ?? homedir();
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'portage') : join(home, '.cache', 'portage');
}
