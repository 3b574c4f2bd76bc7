/** The dependencies of the demo's routes. */
import type { PortageApi } from '../portage-api';
import type { KeptConnections } from './kept-connections';

export interface DemoContext {
  readonly api: PortageApi;
  readonly kept: KeptConnections;
  /** The demo's one user; a real host app takes it from its own login. */
  readonly userId: string;
  /** The demo's own address, to which Portage sends the browser back. */
  readonly url: string;
  /** The resources that are ticked at first. */
  readonly suggested: readonly string[];
  readonly usesEmulator: boolean;
  readonly now: () => Date;
}
