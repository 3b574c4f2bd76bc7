/** Services with few files, whose names are those of the objects on Google's pages (docs/google-api.md §A9). */
import { named, type FolderRule } from './folder-rule';

const any = (resource: string) => ({ inside: /./u, resource });

export const shortFolderRules: readonly FolderRule[] = [
  {
    names: ['search contributions', 'beiträge in der suche', 'bijdragen aan zoeken', '検索への投稿'],
    service: 'SEARCH_CONTRIBUTIONS',
    files: [
      named('search_ugc.comments', 'comments on search', 'comments'),
      named('search_ugc.media.reviews_and_stars', 'reviews', 'reviews and stars'),
      named('search_ugc.media.streaming_video_providers', 'streaming video providers'),
      named('search_ugc.media.thumbs', 'thumbs'),
      named('search_ugc.media.watched', 'watched'),
    ],
  },
  {
    names: ['discover'],
    service: 'DISCOVER',
    files: [
      { inside: /not.?interested/u, resource: 'discover.not_interested' },
      { inside: /follow/u, resource: 'discover.follows' },
      { inside: /like/u, resource: 'discover.likes' },
    ],
  },
  {
    names: ['google shopping', 'shopping'],
    service: 'SHOPPING',
    files: [named('shopping.reviews', 'product reviews', 'merchant reviews'), named('shopping.addresses', 'addresses')],
  },
  {
    names: ['search notifications'],
    service: 'SEARCH_NOTIFICATIONS',
    files: [
      named('searchnotifications.settings', 'your notification configurations'),
      named('searchnotifications.subscriptions', 'your notification subscriptions'),
    ],
  },
  {
    names: ['nest'],
    service: 'NEST',
    files: [
      named('nest.user', 'nest user'),
      named('nest.store', 'nest store and renew'),
      named('nest.camera_event', 'nest camera events'),
      named('nest.camera_feature', 'nest camera features'),
      named('nest.camera_video', 'nest camera video'),
    ],
  },
  { names: ['alerts'], service: 'ALERTS', files: [any('alerts.subscriptions')] },
  { names: ['business messaging'], service: 'BUSINESS_MESSAGING', files: [any('businessmessaging.conversations')] },
  { names: ['my maps'], service: 'MY_MAPS', files: [any('mymaps.maps')] },
  {
    names: ['purchases & reservations'],
    service: 'ORDER_RESERVE',
    files: [any('order_reserve.purchases_reservations')],
  },
  { names: ['street view'], service: 'STREET_VIEW', files: [any('streetview.imagery')] },
  { names: ['fitbit'], service: 'FITBIT', files: [any('fitbit.device_events')] },
  { names: ['pixel'], service: 'PIXEL', files: [any('pixel.device_data')] },
];
