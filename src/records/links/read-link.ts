/**
 * Reads what a link says. Only hosts and forms of links that are listed say anything; the forms and their sources are in
 * docs/records.md, "Verbs and objects".
 */
import { googleMeaning, mapsMeaning } from './google-links';
import { linkOf, type Link } from './link';
import type { LinkMeaning, LinkObject } from './link-types';
import { playMeaning } from './play-links';
import { musicMeaning, shortLinkMeaning, youtubeMeaning } from './youtube-links';

const hosts: Readonly<Record<string, (link: Link) => LinkMeaning>> = {
  'youtube.com': youtubeMeaning,
  'www.youtube.com': youtubeMeaning,
  'm.youtube.com': youtubeMeaning,
  'youtu.be': shortLinkMeaning,
  'music.youtube.com': musicMeaning,
  'play.google.com': playMeaning,
  'www.googleadservices.com': ({ path }) => (path === '/pagead/aclk' ? { isAd: true } : {}),
};
const meanings = new Map(Object.entries(hosts));

/** Google's own domains: `google.com`, and those of countries, such as `google.de`, `google.co.uk`, `google.com.br`. */
const google = /^(?:(www|maps)\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/;

/** @returns nothing in it when the text is no link, or one that is not listed */
export function meaningOf(text: string): LinkMeaning {
  const link = linkOf(text);
  if (link === undefined) return {};
  const listed = meanings.get(link.host);
  if (listed !== undefined) return listed(link);
  const found = google.exec(link.host);
  if (found === null) return {};
  return found[1] === 'maps' ? mapsMeaning(link) : googleMeaning(link);
}

/** The ids in a link. @returns undefined when it has none */
export function objectOf(text: string): LinkObject | undefined {
  const { object } = meaningOf(text);
  return object !== undefined && Object.keys(object).length > 0 ? object : undefined;
}
