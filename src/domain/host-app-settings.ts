/** What an operator sets for a host app: how pages show it to its users, and how much it may have. */
export interface HostAppSettings {
  /** How pages name the host app; unset, by its name. */
  readonly displayName?: string;
  /** Where its users find help; an https address. */
  readonly supportUrl?: string;
  /** Its privacy policy; an https address. */
  readonly privacyUrl?: string;
  /** Of buttons and links, as `#rrggbb`. */
  readonly accentColour?: string;
  /** How many connected consents it may have at once. */
  readonly maxConsents?: number;
  /** How many connect sessions it may make within 24 hours. */
  readonly maxSessionsPerDay?: number;
}
