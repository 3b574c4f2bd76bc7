/**
 * The form in which records of a resource are read. After a change of the form, the same entry has another key than
 * before, so a comparison with the keys of the previous export does not prove that a record was removed.
 */

/** Resources whose records are no longer read in the first form, with the number of the form. */
const formats: Readonly<Record<string, number>> = {
  // An object and the sentence about encryption were read as something else before.
  'chrome.autofill': 2,
  'chrome.history': 2,
  'chrome.extensions': 2,
  'chrome.settings': 2,
  'chrome.dictionary': 2,
  // Drafts are records of their own; `location` is one object, [0, 0] is no place.
  'maps.reviews': 2,
  'maps.starred_places': 2,
  'maps.aliased_places': 2,
  // Columns that were unknown before have fields.
  'youtube.public_videos': 2,
  'youtube.private_videos': 2,
  'youtube.unlisted_videos': 2,
  'saved.collections': 2,
  // Described files became records.
  'alerts.subscriptions': 2,
  'businessmessaging.conversations': 2,
  'maps.commute_routes': 2,
  'maps.commute_settings': 2,
  'maps.ev_profile': 2,
  'maps.vehicle_profile': 2,
  'maps.offering_contributions': 2,
  'maps.factual_contributions': 2,
  'maps.questions_answers': 2,
  'mymaps.maps': 2,
  'nest.camera_event': 2,
  'order_reserve.purchases_reservations': 2,
  'play.playpoints': 2,
  'searchnotifications.settings': 2,
  'searchnotifications.subscriptions': 2,
  'shopping.reviews': 2,
  'streetview.imagery': 2,
};

/**
 * @param choice the fingerprint of the kept data
 * @returns the value that two exports of the resource must share for one to prove removals from the other
 */
export function comparedBy(choice: string, resource: string): string {
  const format = formats[resource];
  return format === undefined ? choice : `${choice} form ${format}`;
}

/** The fingerprint of the kept data within it. */
export function choiceOf(compared: string): string {
  return compared.replace(/ form \d+$/, '');
}
