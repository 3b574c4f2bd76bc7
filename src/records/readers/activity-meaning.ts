/**
 * The action of an entry, its object, and whether it was an advertisement: read from the link of an entry of My
 * Activity and from its language-independent facts, never from its sentence (docs/records.md, "Verbs and objects").
 */
import type { Beginning } from '../formats/byte-words';
import type { IdBytes } from '../formats/id-bytes';
import type { LinkObject, Verb } from '../links/link-types';
import { meaningOf } from '../links/read-link';
import { channelStart, plainChannel, plainVideo, videoStart } from '../links/youtube-links';
import type { Members } from '../store/json-text';

/** The language-independent facts of an entry. Only the needed ones are computed, since entries are many. */
export interface ActivityFacts {
  readonly titleUrl: string | undefined;
  /** Whether the entry names a setting because of which Google kept it. */
  readonly isKeptBySetting: boolean;
  /** The link of the first line below the title, which for YouTube is the channel. */
  readonly channelUrl: string | undefined;
  /** The ids in the same links behind this beginning, which are quicker to read; undefined where there are others. */
  videoIdBehind?(start: Beginning): IdBytes | undefined;
  channelIdBehind?(start: Beginning): IdBytes | undefined;
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
export function activityMeaning(facts: ActivityFacts): Members | undefined {
  const meaning = plainVideo(facts.videoIdBehind?.(videoStart)) ?? meaningOfLink(facts.titleUrl);
  // Fields are set one by one: this is done for every entry, and spreading objects is slow.
  let fields: { verb?: Verb; object?: Members; isAd?: true } | undefined;
  const verb = meaning?.verb;
  // A like or a share has the same link, and no setting that kept it.
  if (verb !== undefined && (meaning?.isVerbShared !== true || facts.isKeptBySetting)) {
    fields = { verb: verb === 'watched' && facts.hasHeader(music) ? ('listened' satisfies Verb) : verb };
  }
  const object = meaning?.object;
  if (object !== undefined && (object.videoId !== undefined || Object.keys(object).length > 0)) {
    fields ??= {};
    fields.object = object.videoId === undefined ? asMembers(object) : withChannel(object, facts);
  }
  if (meaning?.isAd === true || isMarkedAsAd(facts)) {
    fields ??= {};
    fields.isAd = true;
  }
  return fields;
}

function isMarkedAsAd(facts: ActivityFacts): boolean {
  if (facts.hasProduct(adsProduct)) return true;
  return facts.hasDetail(adsNames) && youtubeHeaders.some((name) => facts.hasHeader(name));
}

const meaningOfLink = (link: string | undefined) => (link === undefined ? undefined : meaningOf(link));

/** The channel of a video is below its title. */
function withChannel(object: Ids, facts: ActivityFacts): Members {
  const plain = plainChannel(facts.channelIdBehind?.(channelStart));
  const channelId = (plain ?? meaningOfLink(facts.channelUrl))?.object?.channelId;
  const ids: Writable<Ids> = object;
  if (channelId !== undefined) ids.channelId = channelId;
  return asMembers(ids);
}

type Ids = LinkObject<string | IdBytes>;
/** Each link gets a new meaning, so the caller may add to it. */
type Writable<T> = { -readonly [K in keyof T]: T[K] };
const asMembers = (ids: Ids) => ids as Members;
