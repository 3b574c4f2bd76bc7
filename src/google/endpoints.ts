/** Google's addresses, or those of one emulator that serves all of them. */

export interface GoogleEndpoints {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  /** Root of the Data Portability API; undefined for Google's own. */
  readonly apiRootUrl: string | undefined;
  /** Google's page on which the user manages and renews grants (docs/google-api.md §10). */
  readonly connectionsUrl: string;
  /** The only origin other than Google's from which archives may be downloaded, also over http: the emulator's. */
  readonly emulatorOrigin: string | undefined;
}

/** @param emulatorUrl base URL of an emulator, or undefined for Google (docs/google-api.md §2, §11) */
export function googleEndpoints(emulatorUrl: string | undefined): GoogleEndpoints {
  if (emulatorUrl !== undefined) {
    return {
      authorizeUrl: `${emulatorUrl}/o/oauth2/v2/auth`,
      tokenUrl: `${emulatorUrl}/token`,
      revokeUrl: `${emulatorUrl}/revoke`,
      apiRootUrl: `${emulatorUrl}/`,
      connectionsUrl: `${emulatorUrl}/connections`,
      emulatorOrigin: new URL(emulatorUrl).origin,
    };
  }
  return {
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    revokeUrl: 'https://oauth2.googleapis.com/revoke',
    apiRootUrl: undefined,
    connectionsUrl: 'https://myaccount.google.com/connections',
    emulatorOrigin: undefined,
  };
}
