/** The number of endpoints of a host app, and the limits of one request. */

/** Each event is stored and sent once for each endpoint. */
export const endpointsPerHostApp = 20;

/** Number of events that one request of a host app can replay. */
export const eventsPerReplay = 10_000;

/** The longest time for which former secrets sign together with the new ones: 7 days. */
export const longestOverlapSeconds = 7 * 24 * 3_600;
