/** What a link of Google's says: what was done, and with which thing. */
import type { Link } from './link';

export type Verb = 'watched' | 'listened' | 'searched' | 'visited' | 'viewed' | 'routed';

/** Ids of what a link points at. Each is there only when it has the form that ids of its kind have. */
export interface LinkObject {
  readonly videoId?: string;
  readonly channelId?: string;
  readonly playlistId?: string;
  /** Google's place id, as its Places API has it. */
  readonly placeId?: string;
  /** Two numbers of a place on Maps, `0x…:0x…`. */
  readonly featureId?: string;
  /** The second number of the feature id, in decimal digits. */
  readonly cid?: string;
  readonly packageName?: string;
  readonly productId?: string;
  readonly query?: string;
  /** Where a link of Google's leads. */
  readonly url?: string;
}

export interface LinkMeaning {
  readonly verb?: Verb;
  /** The same link stands at entries about likes and playlists: the verb holds only where more says so. */
  readonly isVerbShared?: boolean;
  readonly object?: LinkObject;
  /** It is the link of an advertisement. */
  readonly isAd?: true;
}

/** By host, what reads its links. */
export type LinkHosts = Readonly<Record<string, (link: Link) => LinkMeaning>>;
