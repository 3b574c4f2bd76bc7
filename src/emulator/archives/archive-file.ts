/** One file of an archive before it is packed. */
import type { Content } from './content';

export interface ArchiveFile {
  /** Path inside the archive, from the root folder on, with slashes. */
  path: string;
  content: Content;
}
