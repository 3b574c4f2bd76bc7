/** An operator's settings for a host app: its appearance on pages, and its quotas. */
export interface HostAppSettings {
  /** The host app's name on pages; by default, its name. */
  readonly displayName?: string;
  /** Address of its help page for users (https). */
  readonly supportUrl?: string;
  /** Address of its privacy policy (https). */
  readonly privacyUrl?: string;
  /** Colour of buttons and links, as `#rrggbb`. */
  readonly accentColour?: string;
  /** The number of connected consents that it may have at the same time. */
  readonly maxConsents?: number;
  /** How many connect sessions it may make within 24 hours. */
  readonly maxSessionsPerDay?: number;
}
