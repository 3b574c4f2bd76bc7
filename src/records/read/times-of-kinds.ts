/**
 * Kinds whose entries have a time in Google's files (docs/google-api.md §A4 to §A8), and the field that holds it. A
 * file with such entries in which no time could be read is reported: the field was renamed, or is written in another
 * form.
 */
import type { KindName } from '../kinds';

export const timesOfKinds: Readonly<Partial<Record<KindName, readonly string[]>>> = {
  activity: ['time'],
  visit: ['time_usec'],
  bookmark: ['addDate'],
  reading_list_item: ['addDate'],
  comment: ['commentCreateTimestamp'],
  live_chat_message: ['commentCreateTimestamp'],
  playlist_item: ['playlistVideoCreationTimestamp'],
  video: ['videoCreateTimestamp'],
  saved_place: ['properties', 'date'],
  review: ['properties', 'date'],
  app_install: ['firstInstallationTime'],
  library_item: ['acquisitionTime'],
  purchase: ['purchaseTime'],
  play_subscription: ['renewalDate'],
  photo: ['creationTime'],
};
