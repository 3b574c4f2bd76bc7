/** The resources of the Data Portability API, as data: names, services, and whether they take a time filter. */

/** One exportable data set; its name is its OAuth scope without the prefix (docs/google-api.md §12). */
export interface Resource {
  readonly name: string;
  /** The Google product it comes from. */
  readonly service: string;
  readonly title: string;
  /** `null` when Google's documentation does not state it (docs/google-api.md §9). */
  readonly supportsTimeFilter: boolean | null;
}

const rows: readonly (readonly [string, string, string, boolean | null])[] = [
  ['alerts.subscriptions', 'Alerts', 'Google Alerts subscriptions', false],
  ['businessmessaging.conversations', 'Business Messaging', 'Business conversations', false],
  ['chrome.autofill', 'Chrome', 'Autofill data', false],
  ['chrome.bookmarks', 'Chrome', 'Bookmarks', false],
  ['chrome.dictionary', 'Chrome', 'Custom dictionary', false],
  ['chrome.extensions', 'Chrome', 'Extensions', false],
  ['chrome.history', 'Chrome', 'Browsing history', true],
  ['chrome.reading_list', 'Chrome', 'Reading list', false],
  ['chrome.settings', 'Chrome', 'Settings', false],
  ['discover.follows', 'Discover', 'Discover: followed', false],
  ['discover.likes', 'Discover', 'Discover: liked', false],
  ['discover.not_interested', 'Discover', 'Discover: not interested', false],
  ['fitbit.device_events', 'Fitbit', 'Fitbit device events', false],
  ['maps.aliased_places', 'Maps', 'Labelled places', false],
  ['maps.commute_routes', 'Maps', 'Pinned trips', false],
  ['maps.commute_settings', 'Maps', 'Commute settings', false],
  ['maps.ev_profile', 'Maps', 'Electric-vehicle profile', false],
  ['maps.factual_contributions', 'Maps', 'Map corrections', false],
  ['maps.offering_contributions', 'Maps', 'Place updates', false],
  ['maps.photos_videos', 'Maps', 'Posted photos and videos', false],
  ['maps.questions_answers', 'Maps', 'Questions and answers', false],
  ['maps.reviews', 'Maps', 'Reviews and posts', false],
  ['maps.starred_places', 'Maps', 'Starred places', false],
  ['maps.vehicle_profile', 'Maps', 'Vehicle profile', false],
  ['myactivity.maps', 'My Activity', 'My Activity: Maps', true],
  ['myactivity.myadcenter', 'My Activity', 'My Activity: My Ad Center', true],
  ['myactivity.play', 'My Activity', 'My Activity: Google Play', true],
  ['myactivity.search', 'My Activity', 'My Activity: Search', true],
  ['myactivity.shopping', 'My Activity', 'My Activity: Shopping', true],
  ['myactivity.youtube', 'My Activity', 'My Activity: YouTube', true],
  ['mymaps.maps', 'My Maps', 'My Maps', false],
  ['nest.camera_event', 'Nest', 'Nest camera events', null],
  ['nest.camera_feature', 'Nest', 'Nest camera features', null],
  ['nest.camera_video', 'Nest', 'Nest camera video', null],
  ['nest.store', 'Nest', 'Nest store and Renew', null],
  ['nest.user', 'Nest', 'Nest user', null],
  ['order_reserve.purchases_reservations', 'Order & Reserve', 'Food orders and reservations', false],
  ['pixel.device_data', 'Pixel', 'Pixel device data', null],
  ['play.devices', 'Play', 'Play devices', false],
  ['play.grouping', 'Play', 'Play grouping tags', false],
  ['play.installs', 'Play', 'App installs', false],
  ['play.library', 'Play', 'Play library', false],
  ['play.playpoints', 'Play', 'Play Points', false],
  ['play.promotions', 'Play', 'Promotions', false],
  ['play.purchases', 'Play', 'Purchases', false],
  ['play.redemptions', 'Play', 'Redemptions', false],
  ['play.subscriptions', 'Play', 'Subscriptions', false],
  ['play.usersettings', 'Play', 'Play settings', false],
  ['saved.collections', 'Saved', 'Saved collections', false],
  ['search_ugc.comments', 'Search contributions', 'Search comments', false],
  ['search_ugc.media.reviews_and_stars', 'Search contributions', 'Media reviews', false],
  ['search_ugc.media.streaming_video_providers', 'Search contributions', 'Streaming providers', false],
  ['search_ugc.media.thumbs', 'Search contributions', 'Media thumbs', false],
  ['search_ugc.media.watched', 'Search contributions', 'Watched titles', false],
  ['searchnotifications.settings', 'Search notifications', 'Notification settings', false],
  ['searchnotifications.subscriptions', 'Search notifications', 'Notification subscriptions', false],
  ['shopping.addresses', 'Shopping', 'Shipping addresses', false],
  ['shopping.reviews', 'Shopping', 'Product and store reviews', false],
  ['streetview.imagery', 'Street View', 'Street View uploads', false],
  ['youtube.channel', 'YouTube', 'Channel', false],
  ['youtube.clips', 'YouTube', 'Clips', false],
  ['youtube.comments', 'YouTube', 'Comments', false],
  ['youtube.conversations', 'YouTube', 'YouTube messages', null],
  ['youtube.live_chat', 'YouTube', 'Live chat messages', false],
  ['youtube.music', 'YouTube', 'YouTube Music', false],
  ['youtube.playable', 'YouTube', 'Playables progress', false],
  ['youtube.posts', 'YouTube', 'Posts', false],
  ['youtube.private_playlists', 'YouTube', 'Private playlists', false],
  ['youtube.private_videos', 'YouTube', 'Private videos', false],
  ['youtube.public_playlists', 'YouTube', 'Public playlists', false],
  ['youtube.public_videos', 'YouTube', 'Public videos', false],
  ['youtube.shopping', 'YouTube', 'YouTube shopping', false],
  ['youtube.subscriptions', 'YouTube', 'Channel subscriptions', false],
  ['youtube.unlisted_playlists', 'YouTube', 'Unlisted playlists', false],
  ['youtube.unlisted_videos', 'YouTube', 'Unlisted videos', false],
];

/** The prefix of the Data Portability API's OAuth scopes. */
export const scopePrefix = 'https://www.googleapis.com/auth/dataportability.';

/** The known resources, by name. Google adds some without notice, so operators may add names (EXTRA_RESOURCES). */
export const resources: ReadonlyMap<string, Resource> = new Map(
  rows.map(([name, service, title, supportsTimeFilter]) => [name, { name, service, title, supportsTimeFilter }]),
);

/**
 * A name such as `myactivity.search`. Whole scopes, constants and two names in one do not match (docs/known-defects.md
 * D25, D32).
 */
export const resourcePattern = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;

/** Whether a text can be a resource's name, known or added later; only such a text is put into a scope or a request. */
export function isResourceName(text: string): boolean {
  return resourcePattern.test(text);
}

/** The title shown to people; for a name that an operator added, the name itself. */
export function resourceTitle(name: string): string {
  return resources.get(name)?.title ?? name;
}

/** Whether a resource is known to take a time filter; any other fails the whole request (docs/google-api.md §9). */
export function supportsTimeFilter(name: string): boolean {
  return resources.get(name)?.supportsTimeFilter === true;
}

/** The OAuth scope of a resource. */
export function scopeOf(resource: string): string {
  return scopePrefix + resource;
}

/** The resources named by a space-separated scope string; other scopes are left out. */
export function resourcesOf(scope: string): string[] {
  return scope
    .split(' ')
    .filter((name) => name.startsWith(scopePrefix))
    .map((name) => name.slice(scopePrefix.length));
}
