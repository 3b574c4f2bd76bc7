/**
 * Reads the meaning of a link. Only listed hosts and forms of links have one; the forms and their sources are in
 * docs/records.md, "Verbs and objects".
 */
import { googleHosts, meaningOnGoogleDomain } from './google-links';
import { linkOf } from './link';
import type { LinkMeaning, LinkObject } from './link-types';
import { playHosts } from './play-links';
import { youtubeHosts } from './youtube-links';

const meanings = new Map(Object.entries({ ...youtubeHosts, ...playHosts, ...googleHosts }));

/** @returns an empty meaning when the text is no link, or one that is not listed */
export function meaningOf(text: string): LinkMeaning {
  const link = linkOf(text);
  if (link === undefined) return {};
  return (meanings.get(link.host) ?? meaningOnGoogleDomain)(link);
}

/** The ids in a link. @returns undefined when it has none */
export function objectOf(text: string): LinkObject | undefined {
  const { object } = meaningOf(text);
  return object !== undefined && Object.keys(object).length > 0 ? object : undefined;
}
