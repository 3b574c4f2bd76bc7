/** How many endpoints a host app may have, and how much one request may ask for. */

/** Each event is stored and sent once for each endpoint. */
export const endpointsPerHostApp = 20;

/** Events that one request of a host app has sent once more. */
export const eventsPerReplay = 10_000;

/** How long former secrets sign beside the new ones, at most: 7 days. */
export const longestOverlapSeconds = 7 * 24 * 3_600;
