/** Everything the emulator remembers, as plain data that survives JSON: accounts, grants, tokens, jobs, settings. */
import type { ClockState } from './clock';
import type { JobSettings } from './job-settings';
import type { Switches } from './switches';

export type AccessType = 'one_time' | 'time_based';

export interface Account {
  accountId: string;
  email: string;
  name: string;
  locale: 'en' | 'de' | 'nl' | 'ja';
  /** Country of the Google account and country of the address it is used from (docs/google-api.md Q15). */
  accountCountry: string;
  addressCountry: string;
  under18: boolean;
  advancedProtection: boolean;
  /** A work or school account whose administrator does not allow third-party access. */
  blockedByAdministrator: boolean;
  /** Resources for which this account holds nothing. */
  emptyResources: string[];
  /** First day of activity, in whole days since 1970. */
  activeSinceDay: number;
  /** Answers uploaded through the control plane: resource → files on disk, one archive part each. */
  uploads: Record<string, string[]>;
}

export interface Grant {
  grantId: string;
  clientId: string;
  projectNumber: string;
  accountId: string;
  /** Granted resources and the person's choice for each. */
  access: Record<string, AccessType>;
  /** 30 or 180 (7 in Testing) for time-based access. */
  periodDays?: number;
  grantedAt: number;
  expiresAt?: number;
  firstStartAt?: number;
  refreshToken?: string;
  refreshTokenUsedAt?: number;
  endedAt?: number;
  endReason?: string;
  /** Renewed while the refresh token was to be exchanged anew (docs/google-api.md Q6, answer B). */
  renewedUntil?: number;
}

export interface AuthorizationCode {
  code: string;
  clientId: string;
  redirectUri: string;
  accountId: string;
  access: Record<string, AccessType>;
  periodDays?: number;
  offline: boolean;
  codeChallenge?: string;
  codeChallengeMethod?: string;
  expiresAt: number;
  used: boolean;
}

export interface AccessToken {
  token: string;
  grantId: string;
  expiresAt: number;
}

export interface Job {
  jobId: string;
  projectNumber: string;
  accountId: string;
  grantId: string;
  resources: string[];
  accessType: AccessType;
  startTime?: string;
  endTime?: string;
  /** The requested end, or the time of the request. */
  exportTime: string;
  requestedAt: number;
  finishAt: number;
  outcome: 'COMPLETE' | 'FAILED';
  cancelledAt?: number;
  originalJobId: string;
  /** 0 for the first job, 1 to 3 for its retries. */
  attempt: number;
  /** Which authorisation of this account in this project the job belongs to; a reset begins a new one. */
  authorization: number;
  /** When a reset allowed the archive to be deleted. */
  discardedAt?: number;
  settings: JobSettings;
}

/** The default answer on the consent screen when no person clicks. */
export interface ConsentDecision {
  account?: string;
  access?: 'once' | '30d' | '180d';
  untick?: string[];
  /** Resources taken once while the others are taken for the chosen period: a mixed token. */
  once?: string[];
  decline?: boolean;
}

export interface State {
  version: 1;
  seed: string;
  createdAt: number;
  clock: ClockState;
  /** Key of the download signatures. */
  signingKey: string;
  accounts: Account[];
  grants: Grant[];
  codes: AuthorizationCode[];
  accessTokens: AccessToken[];
  jobs: Job[];
  /** Number of the current authorisation by `<projectNumber>/<accountId>`: increases with each new authorisation. */
  authorizations: Record<string, number>;
  /**
   * Set when a reset removed the locks (docs/google-api.md Q4): the number of the first authorisation after it. Only
   * its jobs, and those of later ones, lock. The keys are those of `authorizations`.
   */
  locksFrom: Record<string, number>;
  switches: Switches;
  jobSettings: JobSettings;
  consent: { next: ConsentDecision[]; always?: ConsentDecision };
}
