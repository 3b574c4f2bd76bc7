/**
 * What was done, with what, and whether it was an advertisement: read from the link of an entry of My Activity and from what
 * no language changes, never from its sentence (docs/records.md, "Verbs and objects").
 */
import type { JsonObject } from '../formats/json';
import type { LinkObject, Verb } from '../links/link-meaning';
import { meaningOf } from '../links/meaning-of-link';

/** What of an entry has a meaning in every language. */
export interface ActivityFacts {
  readonly header: string | undefined;
  readonly titleUrl: string | undefined;
  /** Whether the entry names a setting because of which Google kept it. */
  readonly isKeptBySetting: boolean;
  /** The link of the first line below the title, which for YouTube is the channel. */
  readonly channelUrl: string | undefined;
  /** Names of `details`. */
  readonly details: readonly string[];
  readonly products: readonly string[];
}

/** Names of products that are the same in every language of the account. */
const music = 'YouTube Music';
const youtubeHeaders = new Set(['YouTube', music]);
const adsProduct = 'Google Ads';
/** The product's name, as it occurs in the detail that marks an advertisement on YouTube: `From Google Ads`. */
const adsNames = /Google (?:Ads|広告)/;

/** The fields that `activityMeaning` gives. */
export const meaningFields = ['verb', 'object', 'isAd'];

/** @returns fields for the record that are no part of its key; undefined where the entry says nothing for sure */
export function activityMeaning(facts: ActivityFacts): JsonObject | undefined {
  const { titleUrl, header, channelUrl } = facts;
  const meaning = titleUrl === undefined ? undefined : meaningOf(titleUrl);
  // Fields are set one by one: this is done for every entry, and spreading objects is slow.
  let fields: JsonObject | undefined;
  const verb = meaning?.verb;
  // A like or a share has the same link, and no setting that kept it.
  if (verb !== undefined && (meaning?.isVerbShared !== true || facts.isKeptBySetting)) {
    fields = { verb: verb === 'watched' && header === music ? ('listened' satisfies Verb) : verb };
  }
  const object = meaning?.object;
  if (object !== undefined && Object.keys(object).length > 0) {
    fields ??= {};
    fields['object'] = object.videoId === undefined ? asJson(object) : withChannel(object, channelUrl);
  }
  if (meaning?.isAd === true || isMarkedAsAd(facts)) {
    fields ??= {};
    fields['isAd'] = true;
  }
  return fields;
}

function isMarkedAsAd({ header, details, products }: ActivityFacts): boolean {
  if (products.includes(adsProduct)) return true;
  return header !== undefined && youtubeHeaders.has(header) && details.some((name) => adsNames.test(name));
}

/** The channel of a video stands below its title. */
function withChannel(object: LinkObject, channelUrl: string | undefined): JsonObject {
  const channelId = channelUrl === undefined ? undefined : meaningOf(channelUrl).object?.channelId;
  const ids = asJson(object);
  if (channelId !== undefined) ids['channelId'] = channelId;
  return ids;
}

/** A meaning is made for each link, so it may be added to. */
const asJson = (object: LinkObject) => object as JsonObject;
