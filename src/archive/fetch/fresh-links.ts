/** The links of one archive during its download: kept in memory only, and requested again when one stops working. */
import { PortageError } from '../../domain/error-codes';
import { checkLink, objectHash } from '../../network/allowed-hosts';

export interface FreshLinks {
  /** The hashes of every object, in the order of Google's last answer. */
  objects(): string[];
  /** @throws PortageError `LINK_DEAD` when Google no longer lists the object */
  to(object: string): string;
  /** Asks Google for new links, unless that was done since the dead link was returned. Throws what `ask` throws. */
  replace(object: string, dead: string): Promise<void>;
}

/**
 * @param urls the links that Google has just given
 * @param ask asks for fresh ones, which may come in another order and with another signature every time
 * (docs/google-api.md §2, §7)
 * @throws PortageError `LINK_NOT_ALLOWED`
 */
export function createFreshLinks(
  urls: readonly string[],
  ask: () => Promise<readonly string[]>,
  emulatorOrigin: string | undefined,
): FreshLinks {
  const byObject = (list: readonly string[]) =>
    new Map(list.map((link) => [objectHash(checkLink(link, emulatorOrigin)), link] as const));
  let links = byObject(urls);
  let loading: Promise<Map<string, string>> | undefined;

  return {
    objects: () => [...links.keys()],
    to(object) {
      const link = links.get(object);
      if (link === undefined) throw new PortageError('LINK_DEAD', { detail: 'Google no longer lists the object' });
      return link;
    },
    async replace(object, dead) {
      if (links.get(object) !== dead) return;
      loading ??= ask()
        .then(byObject)
        .finally(() => (loading = undefined));
      links = await loading;
    },
  };
}
