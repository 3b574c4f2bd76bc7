/**
 * The action of an entry, its object, and whether it was an advertisement: read from the link of an entry of My
 * Activity and from its language-independent facts, never from its sentence (docs/records.md, "Verbs and objects").
 */
import type { Beginning } from '../formats/byte-words';
import type { JsonObject } from '../formats/json';
import type { LinkObject, Verb } from '../links/link-types';
import { meaningOf } from '../links/read-link';
import { channelStart, plainChannel, plainVideo, videoStart } from '../links/youtube-links';

/** The language-independent facts of an entry. Only the needed ones are computed, since entries are many. */
export interface ActivityFacts {
  readonly titleUrl: string | undefined;
  /** Whether the entry names a setting because of which Google kept it. */
  readonly isKeptBySetting: boolean;
  /** The link of the first line below the title, which for YouTube is the channel. */
  readonly channelUrl: string | undefined;
  /** The same links without this beginning, which is quicker to ask for; undefined also where the rest is long. */
  titleUrlBehind(start: Beginning): string | undefined;
  channelUrlBehind(start: Beginning): string | undefined;
  hasHeader(name: string): boolean;
  hasProduct(name: string): boolean;
  /** Whether one of the names of `details` has this form. */
  hasDetail(form: RegExp): boolean;
}

/** Names of products that are the same in every language of the account. */
const music = 'YouTube Music';
const youtubeHeaders = ['YouTube', music];
const adsProduct = 'Google Ads';
/** The product's name, as it occurs in the detail that marks an advertisement on YouTube: `From Google Ads`. */
const adsNames = /Google (?:Ads|広告)/;

/** The fields that `activityMeaning` gives. */
export const meaningFields = ['verb', 'object', 'isAd'];

/** @returns fields for the record that are not part of its key; undefined where the entry proves nothing */
export function activityMeaning(facts: ActivityFacts): JsonObject | undefined {
  const meaning = plainVideo(facts.titleUrlBehind(videoStart)) ?? meaningOfLink(facts.titleUrl);
  // Fields are set one by one: this is done for every entry, and spreading objects is slow.
  let fields: JsonObject | undefined;
  const verb = meaning?.verb;
  // A like or a share has the same link, and no setting that kept it.
  if (verb !== undefined && (meaning?.isVerbShared !== true || facts.isKeptBySetting)) {
    fields = { verb: verb === 'watched' && facts.hasHeader(music) ? ('listened' satisfies Verb) : verb };
  }
  const object = meaning?.object;
  if (object !== undefined && (object.videoId !== undefined || Object.keys(object).length > 0)) {
    fields ??= {};
    fields['object'] = object.videoId === undefined ? asJson(object) : withChannel(object, facts);
  }
  if (meaning?.isAd === true || isMarkedAsAd(facts)) {
    fields ??= {};
    fields['isAd'] = true;
  }
  return fields;
}

function isMarkedAsAd(facts: ActivityFacts): boolean {
  if (facts.hasProduct(adsProduct)) return true;
  return facts.hasDetail(adsNames) && youtubeHeaders.some((name) => facts.hasHeader(name));
}

const meaningOfLink = (link: string | undefined) => (link === undefined ? undefined : meaningOf(link));

/** The channel of a video is below its title. */
function withChannel(object: LinkObject, facts: ActivityFacts): JsonObject {
  const plain = plainChannel(facts.channelUrlBehind(channelStart));
  const channelId = (plain ?? meaningOfLink(facts.channelUrl))?.object?.channelId;
  const ids = asJson(object);
  if (channelId !== undefined) ids['channelId'] = channelId;
  return ids;
}

/** Each link gets a new meaning, so the caller may add to it. */
const asJson = (object: LinkObject) => object as JsonObject;
