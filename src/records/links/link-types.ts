/** The meaning of a link of Google's: the action, and its object. */
import type { Link } from './link';

export type Verb = 'watched' | 'listened' | 'searched' | 'visited' | 'viewed' | 'routed';

/** Ids of the target of a link. Each is present only when it has the form of its kind's ids. */
export interface LinkObject<Id = string> {
  readonly videoId?: Id;
  readonly channelId?: Id;
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
  /** The target of a link of Google's. */
  readonly url?: string;
}

export interface LinkMeaning<Id = string> {
  readonly verb?: Verb;
  /** Entries about likes and playlists have the same link: the verb is certain only with further evidence. */
  readonly isVerbShared?: boolean;
  readonly object?: LinkObject<Id>;
  /** It is the link of an advertisement. */
  readonly isAd?: true;
}

/** The reader of links, by host. */
export type LinkHosts = Readonly<Record<string, (link: Link) => LinkMeaning>>;
