/** The resources of the Data Portability API (docs/google-api.md §12), as data: scope names, titles, filters. */

export interface Resource {
  resource: string;
  service: string;
  title: string;
  /** Undocumented flags count as "no": the emulator never allows more than Google. */
  timeFilter: boolean;
  media: boolean;
  /** In Google's discovery document; two resources are named by the documentation only. */
  discovered: boolean;
}

export const scopePrefix = 'https://www.googleapis.com/auth/dataportability.';

type Flag = 'timeFilter' | 'media' | 'docsOnly';

function row(resource: string, service: string, title: string, ...flags: Flag[]): Resource {
  return {
    resource,
    service,
    title,
    timeFilter: flags.includes('timeFilter'),
    media: flags.includes('media'),
    discovered: !flags.includes('docsOnly'),
  };
}

export const resources: readonly Resource[] = [
  row('alerts.subscriptions', 'Alerts', 'Google Alerts subscriptions'),
  row('businessmessaging.conversations', 'Business Messaging', 'Business conversations', 'docsOnly'),
  row('chrome.autofill', 'Chrome', 'Autofill data'),
  row('chrome.bookmarks', 'Chrome', 'Bookmarks'),
  row('chrome.dictionary', 'Chrome', 'Custom dictionary'),
  row('chrome.extensions', 'Chrome', 'Extensions'),
  row('chrome.history', 'Chrome', 'Browsing history', 'timeFilter'),
  row('chrome.reading_list', 'Chrome', 'Reading list'),
  row('chrome.settings', 'Chrome', 'Settings'),
  row('discover.follows', 'Discover', 'Discover: followed'),
  row('discover.likes', 'Discover', 'Discover: liked'),
  row('discover.not_interested', 'Discover', 'Discover: not interested'),
  row('fitbit.device_events', 'Fitbit', 'Fitbit device events', 'docsOnly'),
  row('maps.aliased_places', 'Maps', 'Labelled places'),
  row('maps.commute_routes', 'Maps', 'Pinned trips'),
  row('maps.commute_settings', 'Maps', 'Commute settings'),
  row('maps.ev_profile', 'Maps', 'Electric-vehicle profile'),
  row('maps.factual_contributions', 'Maps', 'Map corrections'),
  row('maps.offering_contributions', 'Maps', 'Place updates'),
  row('maps.photos_videos', 'Maps', 'Posted photos and videos', 'media'),
  row('maps.questions_answers', 'Maps', 'Questions and answers'),
  row('maps.reviews', 'Maps', 'Reviews and posts'),
  row('maps.starred_places', 'Maps', 'Starred places'),
  row('maps.vehicle_profile', 'Maps', 'Vehicle profile'),
  row('myactivity.maps', 'My Activity', 'My Activity: Maps', 'timeFilter'),
  row('myactivity.myadcenter', 'My Activity', 'My Activity: My Ad Center', 'timeFilter'),
  row('myactivity.play', 'My Activity', 'My Activity: Google Play', 'timeFilter'),
  row('myactivity.search', 'My Activity', 'My Activity: Search', 'timeFilter'),
  row('myactivity.shopping', 'My Activity', 'My Activity: Shopping', 'timeFilter'),
  row('myactivity.youtube', 'My Activity', 'My Activity: YouTube', 'timeFilter'),
  row('mymaps.maps', 'My Maps', 'My Maps'),
  row('nest.camera_event', 'Nest', 'Nest camera events'),
  row('nest.camera_feature', 'Nest', 'Nest camera features'),
  row('nest.camera_video', 'Nest', 'Nest camera video', 'media'),
  row('nest.store', 'Nest', 'Nest store and Renew'),
  row('nest.user', 'Nest', 'Nest user'),
  row('order_reserve.purchases_reservations', 'Order & Reserve', 'Food orders and reservations'),
  row('pixel.device_data', 'Pixel', 'Pixel device data'),
  row('play.devices', 'Play', 'Play devices'),
  row('play.grouping', 'Play', 'Play grouping tags'),
  row('play.installs', 'Play', 'App installs'),
  row('play.library', 'Play', 'Play library'),
  row('play.playpoints', 'Play', 'Play Points'),
  row('play.promotions', 'Play', 'Promotions'),
  row('play.purchases', 'Play', 'Purchases'),
  row('play.redemptions', 'Play', 'Redemptions'),
  row('play.subscriptions', 'Play', 'Subscriptions'),
  row('play.usersettings', 'Play', 'Play settings'),
  row('saved.collections', 'Saved', 'Saved collections'),
  row('search_ugc.comments', 'Search contributions', 'Search comments'),
  row('search_ugc.media.reviews_and_stars', 'Search contributions', 'Media reviews'),
  row('search_ugc.media.streaming_video_providers', 'Search contributions', 'Streaming providers'),
  row('search_ugc.media.thumbs', 'Search contributions', 'Media thumbs'),
  row('search_ugc.media.watched', 'Search contributions', 'Watched titles'),
  row('searchnotifications.settings', 'Search notifications', 'Notification settings'),
  row('searchnotifications.subscriptions', 'Search notifications', 'Notification subscriptions'),
  row('shopping.addresses', 'Shopping', 'Shipping addresses'),
  row('shopping.reviews', 'Shopping', 'Product and store reviews'),
  row('streetview.imagery', 'Street View', 'Street View uploads', 'media'),
  row('youtube.channel', 'YouTube', 'Channel'),
  row('youtube.clips', 'YouTube', 'Clips'),
  row('youtube.comments', 'YouTube', 'Comments'),
  row('youtube.conversations', 'YouTube', 'YouTube messages'),
  row('youtube.live_chat', 'YouTube', 'Live chat messages'),
  row('youtube.music', 'YouTube', 'YouTube Music', 'media'),
  row('youtube.playable', 'YouTube', 'Playables progress'),
  row('youtube.posts', 'YouTube', 'Posts'),
  row('youtube.private_playlists', 'YouTube', 'Private playlists'),
  row('youtube.private_videos', 'YouTube', 'Private videos', 'media'),
  row('youtube.public_playlists', 'YouTube', 'Public playlists'),
  row('youtube.public_videos', 'YouTube', 'Public videos', 'media'),
  row('youtube.shopping', 'YouTube', 'YouTube shopping'),
  row('youtube.subscriptions', 'YouTube', 'Channel subscriptions'),
  row('youtube.unlisted_playlists', 'YouTube', 'Unlisted playlists'),
  row('youtube.unlisted_videos', 'YouTube', 'Unlisted videos', 'media'),
];

const byName = new Map(resources.map((entry) => [entry.resource, entry]));

/** The resource of that name, or undefined if Google has none. */
export function findResource(name: string): Resource | undefined {
  return byName.get(name);
}
