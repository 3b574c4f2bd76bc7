/** Archives given as a folder: finds out which files answer for which resource. */
import type { ServiceFolder } from '../generate/produce';

export interface GivenArchives {
  /** Resources that the folder answers for, sorted. */
  readonly resources: string[];
  /** Ready ZIP files of a resource, one part each; undefined if it has none. */
  zipsOf(resource: string): string[] | undefined;
  /** Files of a resource by service folder; none when the folder holds nothing for it. */
  foldersOf(resource: string): ServiceFolder[];
}
