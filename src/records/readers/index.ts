/** The registry of readers. To add one, add a file to this folder and a line here. */
import type { Reader } from '../read/reader';
import { activityHtml } from './activity-html';
import { activityJson } from './activity-json';
import { chromeDictionary } from './chrome-dictionary';
import { chromeExtensions } from './chrome-extensions';
import { chromeHistory } from './chrome-history';
import { chromeBookmarks, chromeReadingList } from './chrome-links';
import { chromeAutofill, chromeSettings } from './chrome-sections';
import { alerts } from './alerts';
import { businessMessages } from './business-messages';
import { mapsPhotos } from './maps-photos';
import { labeledPlaces, mapsReviews, savedPlaces } from './maps-places';
import { myMapsKml, myMapsKmz } from './my-maps';
import { notificationSettings, notificationSubscriptions } from './notifications';
import {
  commuteRoutes,
  commuteSettings,
  evProfile,
  factualContributions,
  nestEvents,
  offeringContributions,
  questionsAnswers,
  vehicleProfile,
} from './open-objects';
import {
  discoverFollows,
  discoverLikes,
  discoverNotInterested,
  youtubeChannelDetails,
  youtubeClips,
  youtubeMessages,
  youtubePlayables,
  youtubePosts,
  youtubeShopping,
  youtubeVideoDetails,
  youtubeVideoInteractions,
} from './open-tables';
import { orders } from './orders';
import { play } from './play';
import { savedLists } from './saved-lists';
import { searchComments, searchProviders, searchReviews, searchThumbs, searchWatched } from './search-contributions';
import { merchantReviews, productReviews } from './shopping-reviews';
import { streetViewTracks } from './street-view';
import { youtubeComments, youtubeLiveChats } from './youtube-comments';
import { youtubeOldPlaylists } from './youtube-old-playlists';
import {
  youtubeChannel,
  youtubePlaylistItems,
  youtubePlaylists,
  youtubeSongs,
  youtubeSubscriptions,
} from './youtube-tables';
import { youtubeVideos } from './youtube-videos';

export const readers: Readonly<Record<string, Reader>> = {
  activityJson,
  activityHtml,
  chromeHistory,
  chromeBookmarks,
  chromeReadingList,
  chromeDictionary,
  chromeExtensions,
  chromeAutofill,
  chromeSettings,
  youtubeComments,
  youtubeLiveChats,
  youtubeSubscriptions,
  youtubeChannel,
  youtubePlaylists,
  youtubePlaylistItems,
  youtubeOldPlaylists,
  youtubeVideos,
  youtubeSongs,
  youtubeMessages,
  youtubePosts,
  youtubeClips,
  youtubeShopping,
  youtubePlayables,
  // After the readers that require more columns than an id.
  youtubeVideoInteractions,
  youtubeVideoDetails,
  youtubeChannelDetails,
  savedPlaces,
  labeledPlaces,
  mapsReviews,
  streetViewTracks,
  commuteRoutes,
  commuteSettings,
  evProfile,
  vehicleProfile,
  offeringContributions,
  factualContributions,
  questionsAnswers,
  // After the readers that know their files better: a photo's description is one object of few fields.
  mapsPhotos,
  alerts,
  notificationSettings,
  notificationSubscriptions,
  productReviews,
  merchantReviews,
  orders,
  businessMessages,
  nestEvents,
  myMapsKmz,
  myMapsKml,
  play,
  savedLists,
  discoverFollows,
  discoverLikes,
  discoverNotInterested,
  searchComments,
  searchReviews,
  searchProviders,
  searchThumbs,
  searchWatched,
};
