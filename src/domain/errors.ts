/** Every way in which something can go wrong, with what it means and what helps: the closed table of error codes. */

interface ErrorRow {
  /** HTTP status when the error reaches a caller of the server. */
  readonly status: number;
  /** Whether the same step may succeed when repeated later. */
  readonly retryable: boolean;
  /** What happened, for an operator or developer; never with user data. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

const row = (status: number, retryable: boolean, message: string, remedy: string): ErrorRow => ({
  status,
  retryable,
  message,
  remedy,
});

export const errorTable = {
  // Google's answers (docs/google-api.md §5, §11)
  GRANT_ENDED: row(410, false, 'Google no longer accepts this grant', 'Ask the user to connect again.'),
  SCOPE_MISSING: row(
    403,
    false,
    'The grant does not cover this resource',
    'Ask the user to connect again and tick it.',
  ),
  ALREADY_EXPORTED: row(
    409,
    false,
    'Google has already exported this one-time resource and names no archive to recover',
    'Ask the user to connect again.',
  ),
  GOOGLE_REFUSED: row(
    502,
    false,
    'Google refused the request as invalid',
    'Check that the resource exists and supports what was asked; report it if it does.',
  ),
  GOOGLE_NOT_SET_UP: row(
    502,
    true,
    'The Google Cloud project is not set up for the Data Portability API',
    'Enable the API and billing in the Google Cloud console; Portage repeats the step.',
  ),
  GOOGLE_RATE_LIMITED: row(
    503,
    true,
    'Google refuses calls because there were too many',
    'Nothing to do: the step is repeated later.',
  ),
  GOOGLE_UNAVAILABLE: row(503, true, 'Google did not answer', 'Nothing to do: the step is repeated later.'),
  GOOGLE_UNEXPECTED: row(
    502,
    true,
    'Google gave an answer that Portage does not understand',
    'Portage repeats the step; report the error if it does not go away.',
  ),
  CONNECT_DELAYED: row(
    503,
    true,
    'Google’s answer is stored, but could not be processed yet',
    'Nothing to do: Portage completes the connection within minutes; go back to the app.',
  ),
  OAUTH_CODE_REFUSED: row(
    400,
    false,
    'Google did not accept the authorization code',
    'Start again from your app; if the error repeats, check client id, secret and redirect URI.',
  ),
  GRANT_UNKNOWN: row(
    502,
    false,
    'Google’s answer to the authorization code was lost: Google may have given access that Portage does not know',
    'Connect again from your app, which also takes the lost access back when it ends; or remove it at Google.',
  ),
  CONNECT_INTERRUPTED: row(
    503,
    false,
    'Portage was interrupted while it processed Google’s answer to a connect session',
    'Connect again from your app, which also takes the lost access back when it ends; or remove it at Google.',
  ),
  // An export's ends
  ARCHIVE_RUNNING: row(503, true, 'Google is still preparing the archive', 'Nothing to do: Portage asks for it again.'),
  ARCHIVE_FAILED: row(502, false, 'Google failed to build the archive four times', 'Ask the user to connect again.'),
  ARCHIVE_UNKNOWN: row(
    502,
    false,
    'Google has restarted the failed archive job, and its new id is not known',
    'Nothing to do with time-based access: the next export follows. With one-time access, ask the user to connect again.',
  ),
  ARCHIVE_CANCELLED: row(410, false, 'The archive job was cancelled at Google', 'Ask the user to connect again.'),
  ARCHIVE_EXPIRED: row(
    410,
    false,
    'The archive is no longer at Google: it could not be stored in time',
    'Ask the user to connect again.',
  ),
  ARCHIVE_OVERDUE: row(
    504,
    false,
    'Google did not finish the archive in time',
    'Ask the user to connect again; Google’s job id is kept with the export.',
  ),
  ARCHIVE_CORRUPT: row(
    502,
    false,
    'The archive that Google delivered cannot be read',
    'The bytes are kept unchanged; the findings of the export name the part.',
  ),
  START_OVERDUE: row(
    504,
    false,
    'The export could not be started within a day of the consent',
    'Look at the last error of the export, then ask the user to connect again.',
  ),
  EXPORT_STOPPED: row(
    410,
    false,
    'The export was stopped before Google had finished it',
    'Nothing to do: its consent was ended, or a newer consent exports the resource.',
  ),
  // Downloads and storage
  LINK_DEAD: row(502, true, 'A download link was refused', 'Nothing to do: Portage asks for a new link.'),
  LINK_NOT_ALLOWED: row(
    502,
    true,
    'A download link leads to a host that is not Google’s',
    'Report it; nothing was fetched.',
  ),
  PART_TRUNCATED: row(502, true, 'A part ended before its stated length', 'Nothing to do: it is fetched again.'),
  PART_ALTERED: row(502, true, 'A part does not match its stated checksum', 'Nothing to do: it is fetched again.'),
  PART_REPLACED: row(
    502,
    true,
    'A part was replaced or deleted at Google while it was downloaded',
    'Nothing to do: it is downloaded again.',
  ),
  PART_NOT_ARCHIVE: row(
    502,
    true,
    'A download link returned a page instead of a part',
    'Nothing to do: Portage asks for a new link.',
  ),
  STORAGE_FULL: row(507, true, 'The storage is full', 'Free some space; Portage repeats the step.'),
  DISK_NEARLY_FULL: row(507, true, 'A local disk has little room left', 'Free some space; a restart is not necessary.'),
  STORAGE_UNAVAILABLE: row(503, true, 'The storage cannot be reached', 'Check STORAGE_URL; the step is repeated.'),
  STORAGE_MISSING: row(
    404,
    false,
    'An object is not in the storage',
    'Check STORAGE_URL, and that nothing was deleted.',
  ),
  SEGMENT_MISSING: row(
    500,
    false,
    'A stored segment of a part is missing',
    'Check STORAGE_URL, and restore the object from a backup if it was deleted.',
  ),
  SEGMENT_ALTERED: row(
    500,
    false,
    'A stored segment of a part was changed, cut or moved',
    'Restore the object from a backup; report it.',
  ),
  DATA_KEY_MISSING: row(
    500,
    false,
    'There is no key for the stored data',
    'Restore the table data_keys from a backup that fits the storage.',
  ),
  RECORDS_UNREADABLE: row(
    500,
    false,
    'The records of this archive could not be read',
    'The archive is verified and kept unchanged; report the error with the log lines about this export.',
  ),
  RECORDS_OVERDUE: row(
    504,
    false,
    'The records of this archive could not be read in time',
    'The archive is verified and kept unchanged; Portage tries to read it again. Look for the cause in the worker’s log.',
  ),
  RECORDS_OVERTAKEN: row(
    503,
    true,
    'Another export of the same data was read meanwhile',
    'Nothing to do for a step: Portage repeats it. If a command failed, type it again.',
  ),
  RECORDS_NOT_AGAIN: row(
    409,
    false,
    'The records of this export cannot be read again',
    'The downloaded data is in the parts of the export, as long as they are kept (docs/records.md, "Reading again").',
  ),
  RECORDS_MISSING: row(
    500,
    false,
    'Stored records are missing, or were changed',
    'Check STORAGE_URL, and restore the objects that `portage verify <export-id>` names from a backup, or read the export again with `portage records read <export-id>`.',
  ),
  DATA_DELETED: row(410, false, 'This data and its key were deleted', 'Ask the user to connect again.'),
  DATABASE_UNAVAILABLE: row(
    503,
    true,
    'The database does not answer',
    'Check DATABASE_URL, and that PostgreSQL runs; the step is repeated.',
  ),
  DATABASE_BUSY: row(
    503,
    true,
    'Every database connection of this process is in use',
    'Wait a moment; if the error does not go away, look for statements that wait in PostgreSQL, and run more processes.',
  ),
  DATABASE_OUTDATED: row(
    503,
    true,
    'The database lacks a migration of this release',
    'Run "portage migrate"; servers and workers then continue without a restart.',
  ),
  STEP_STALLED: row(
    504,
    true,
    'A step made no progress within the limit',
    'Nothing to do: it is repeated; if the error does not go away, find out what the step waits for (docs/limits-on-waiting.md).',
  ),
  VAULT_KEY_MISSING: row(
    500,
    true,
    'A secret is sealed with a key that the configuration does not have',
    'Add that key to VAULT_KEYS, after the first one.',
  ),
  KMS_UNAVAILABLE: row(
    503,
    true,
    'AWS KMS does not seal or open data keys',
    'Check KMS_KEY_ARN, the state of that key and the credentials; the step is repeated.',
  ),
  VAULT_KEY_WRONG: row(
    503,
    true,
    'A key of VAULT_KEYS differs from the key that was used under the same id before',
    'Put the earlier key into VAULT_KEYS and restart; give a new key a new id.',
  ),
  VAULT_SEAL_BROKEN: row(500, false, 'A sealed secret was altered or moved', 'Restore the database row; report it.'),
  // Requests to the server
  REQUEST_INVALID: row(400, false, 'The request is not valid', 'Correct the named fields.'),
  RESOURCE_UNKNOWN: row(
    400,
    false,
    'This is not a resource of the Data Portability API',
    'Use a name from docs/google-api.md §12, such as myactivity.search.',
  ),
  RESOURCES_TOO_MANY: row(
    400,
    false,
    'Google cannot be asked for so many resources at once',
    'Leave some out, and ask for them with a connect session of their own.',
  ),
  API_KEY_INVALID: row(
    401,
    false,
    'The API key is missing or not known',
    'Send "Authorization: Bearer <key>"; make one with "portage api-keys create".',
  ),
  RANGE_NOT_SATISFIABLE: row(
    416,
    false,
    'The range lies beyond the end',
    'Ask for a range within the length, or for the whole.',
  ),
  PART_UNREADABLE: row(
    422,
    false,
    'The part is not a readable ZIP, so it has no members',
    'Fetch the part as a whole; the findings of the export say what is wrong with it.',
  ),
  MEMBER_UNREADABLE: row(
    422,
    false,
    'This member is damaged, encrypted or compressed in a way that Portage cannot read',
    'Fetch the part that holds it; the findings of the export say what is wrong with it.',
  ),
  ARCHIVE_LIMIT: row(
    422,
    false,
    'The archive exceeds a limit of this server',
    'Fetch the part as a whole, or ask the operator to raise the limit.',
  ),
  NOT_FOUND: row(404, false, 'There is nothing here', 'Check the address and the id.'),
  NOT_YOUR_PAGE: row(
    403,
    false,
    'This page belongs to another browser',
    'Open it in the browser in which the account was connected, or go back to the app and connect from there.',
  ),
  CONSENT_UNKNOWN: row(404, false, 'There is no such consent', 'Look for its id with "portage consents list".'),
  CONSENT_ENDED: row(
    409,
    false,
    'This consent has ended',
    'You can only delete its data; for new exports, ask the user to connect again.',
  ),
  CONSENT_NOT_RENEWABLE: row(
    409,
    false,
    'This consent cannot be renewed',
    'Only a time-based consent that has not ended can be renewed; leave renewsConsentId out to make a new consent.',
  ),
  TOO_MANY_REQUESTS: row(
    429,
    true,
    'There were too many requests',
    'Wait as long as the header Retry-After says, then ask again.',
  ),
  CONNECT_LINK_UNKNOWN: row(404, false, 'This connect link is not known', 'Go back to the app and start again.'),
  CONNECT_LINK_EXPIRED: row(410, false, 'This connect link has expired', 'Go back to the app and start again.'),
  CONNECT_LINK_USED: row(409, false, 'This connect link was already used', 'Go back to the app and start again.'),
  STATE_INVALID: row(
    400,
    false,
    'This answer from Google does not belong to a request of this browser',
    'Go back to the app and start again.',
  ),
  STATE_USED: row(409, false, 'This answer from Google was already used', 'Go back to the app and start again.'),
  CONSENT_DECLINED: row(
    200,
    false,
    'Nothing was shared: the request was declined at Google',
    'Go back to the app; you may connect later.',
  ),
  CONSENT_EMPTY: row(
    200,
    false,
    'Nothing was shared: no data was ticked at Google',
    'Go back to the app, start again and tick at least one box.',
  ),
  ACCOUNT_REFUSED: row(
    403,
    false,
    'Google did not allow this account to share its data',
    'Accounts under 18, outside Europe or managed by an organisation may be excluded; use another account.',
  ),
  TEMPORAL_UNAVAILABLE: row(503, true, 'Temporal does not answer', 'Check TEMPORAL_ADDRESS, and that Temporal runs.'),
  NO_WORKER: row(
    503,
    true,
    'No worker answered in time',
    'Check that "portage worker" runs with the same TEMPORAL_TASK_QUEUE and VAULT_KEYS, then ask again.',
  ),
  NAMESPACE_MISSING: row(
    503,
    true,
    'Temporal does not have the namespace',
    'Make it with "temporal operator namespace create", or correct TEMPORAL_NAMESPACE.',
  ),
  SEARCH_ATTRIBUTES_MISSING: row(
    503,
    true,
    'Temporal does not know search attributes that the workflows set',
    'Run "portage migrate", which registers them or names the command that does.',
  ),
  WORKERS_MISSING: row(
    503,
    true,
    'No worker polls a task queue',
    'Check that "portage worker" runs with the same TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and TEMPORAL_TASK_QUEUE.',
  ),
  WORKFLOW_MISSING: row(
    503,
    true,
    'Temporal does not run the workflow of this consent',
    'Nothing to do: the housekeeping starts it; ask again in a minute.',
  ),
  NOT_READY: row(503, true, 'Portage cannot serve this at the moment', 'Try again shortly.'),
  UNEXPECTED: row(500, true, 'Something unexpected happened', 'Look at the log for this time and id; report it.'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

/** What the reader of a code can do. */
export function remedyOf(code: ErrorCode): string {
  return errorTable[code].remedy;
}

/** Codes of a peer that is away: nothing is wrong with the step itself, and it is worth one line a minute in a log. */
const outages: ReadonlySet<string> = new Set([
  'DATABASE_UNAVAILABLE',
  'DATABASE_BUSY',
  'TEMPORAL_UNAVAILABLE',
  'STORAGE_UNAVAILABLE',
] satisfies ErrorCode[]);

export function isOutage(code: string): boolean {
  return outages.has(code);
}

/** Whether a string is one of the codes of {@link errorTable}; for codes that come back through Temporal. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}

/**
 * The one error class. Its message may be shown to operators and host apps: it holds the table's words and, in
 * `detail`, values that are neither secret nor personal (names of resources, states, counts, limits).
 */
export class PortageError extends Error {
  override readonly name = 'PortageError';
  readonly code: ErrorCode;
  /** The earliest time for another try, where Google or a limit names one. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: { detail?: string; retryAfterMs?: number | undefined; cause?: unknown } = {}) {
    const { message } = errorTable[code];
    super(options.detail === undefined ? message : `${message}: ${options.detail}`, { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    // The cause may carry requests with tokens in them; it is for the log's redaction, not for serializers.
    Object.defineProperty(this, 'cause', { value: options.cause, enumerable: false });
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get retryable(): boolean {
    return errorTable[this.code].retryable;
  }

  get remedy(): string {
    return remedyOf(this.code);
  }
}
