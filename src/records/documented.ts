/**
 * Which resources have fields that Google documents, by the page of
 * https://developers.google.com/data-portability/schema-reference that describes them, and how much of it is known here.
 */

export interface Documented {
  /** Last part of the page's address; absent where no page is known. */
  readonly page?: string;
  /** How much of the page is known: all of it, the object of this resource, its beginning, or Google's summary of it. */
  readonly known: 'whole page' | 'whole object' | 'beginning' | 'summary' | 'nothing';
  /** Whether the page names fields, columns or elements. */
  readonly hasFields: boolean;
}

const fields = (page: string, known: Documented['known'], ...resources: readonly string[]) =>
  Object.fromEntries(resources.map((resource): [string, Documented] => [resource, { page, known, hasFields: true }]));
const noFields = (page: string, known: Documented['known'], ...resources: readonly string[]) =>
  Object.fromEntries(resources.map((resource): [string, Documented] => [resource, { page, known, hasFields: false }]));
const named = (prefix: string, ...names: readonly string[]) => names.map((name) => `${prefix}.${name}`);

export const documented: Readonly<Record<string, Documented>> = {
  ...fields('alerts', 'whole page', 'alerts.subscriptions'),
  ...fields('business_messaging', 'whole page', 'businessmessaging.conversations'),
  ...fields('chrome', 'whole object', 'chrome.autofill'),
  ...noFields('chrome', 'whole object', 'chrome.bookmarks'),
  ...fields('chrome', 'summary', ...named('chrome', 'history')),
  ...noFields('chrome', 'summary', ...named('chrome', 'dictionary', 'extensions', 'reading_list', 'settings')),
  ...fields('discover', 'whole page', ...named('discover', 'follows', 'not_interested')),
  ...noFields('discover', 'whole page', 'discover.likes'),
  'fitbit.device_events': { known: 'nothing', hasFields: false },
  ...fields('local_actions', 'whole object', 'maps.starred_places'),
  ...fields('local_actions', 'beginning', 'maps.reviews'),
  ...fields('maps', 'beginning', ...named('maps', 'aliased_places', 'offering_contributions')),
  ...fields('maps', 'summary', ...named('maps', 'commute_routes', 'factual_contributions', 'photos_videos')),
  ...noFields('maps', 'summary', ...named('maps', 'commute_settings', 'ev_profile', 'questions_answers')),
  ...noFields('maps', 'summary', 'maps.vehicle_profile'),
  ...fields('my_activity', 'beginning', ...named('myactivity', 'maps', 'myadcenter', 'play', 'search', 'shopping')),
  ...fields('my_activity', 'beginning', 'myactivity.youtube'),
  ...fields('mymaps', 'whole page', 'mymaps.maps'),
  ...noFields(
    'nest',
    'whole page',
    ...named('nest', 'camera_event', 'camera_feature', 'camera_video', 'store', 'user'),
  ),
  ...fields('my_orders', 'beginning', 'order_reserve.purchases_reservations'),
  ...noFields('pixel_telemetry', 'whole page', 'pixel.device_data'),
  ...fields('play', 'whole object', ...named('play', 'installs', 'library', 'redemptions')),
  ...fields('play', 'summary', ...named('play', 'purchases')),
  ...noFields('play', 'summary', ...named('play', 'devices', 'grouping', 'playpoints', 'promotions', 'subscriptions')),
  ...noFields('play', 'summary', 'play.usersettings'),
  ...fields('save', 'beginning', 'saved.collections'),
  ...fields('search_ugc', 'whole object', ...named('search_ugc.media', 'reviews_and_stars', 'thumbs')),
  ...fields('search_ugc', 'beginning', ...named('search_ugc.media', 'streaming_video_providers')),
  ...fields('search_ugc', 'summary', ...named('search_ugc.media', 'watched')),
  ...noFields('search_ugc', 'whole object', 'search_ugc.comments'),
  ...fields('search_notifications', 'whole page', ...named('searchnotifications', 'settings', 'subscriptions')),
  ...fields('shopping', 'whole page', 'shopping.reviews'),
  ...noFields('shopping', 'whole page', 'shopping.addresses'),
  ...fields('streetview', 'whole page', 'streetview.imagery'),
  ...fields('youtube', 'beginning', ...named('youtube', 'private_videos', 'public_videos', 'unlisted_videos')),
  ...fields('youtube', 'summary', ...named('youtube', 'comments', 'conversations', 'subscriptions', 'live_chat')),
  ...fields('youtube', 'summary', ...named('youtube', 'private_playlists', 'public_playlists', 'unlisted_playlists')),
  ...noFields('youtube', 'summary', ...named('youtube', 'channel', 'clips', 'music', 'playable', 'posts', 'shopping')),
};
