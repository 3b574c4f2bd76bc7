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
    'Enable the API and billing in the Google Cloud console; the step is repeated by itself.',
  ),
  GOOGLE_RATE_LIMITED: row(503, true, 'Google asks to slow down', 'Nothing to do: the step is repeated later.'),
  GOOGLE_UNAVAILABLE: row(503, true, 'Google did not answer', 'Nothing to do: the step is repeated later.'),
  GOOGLE_UNEXPECTED: row(
    502,
    true,
    'Google gave an answer that is not understood',
    'The step is repeated; report it if it stays.',
  ),
  CONNECT_DELAYED: row(
    503,
    true,
    'Google’s answer is kept, but could not be worked on yet',
    'Nothing to do: the connection is completed by itself within minutes; go back to the app.',
  ),
  OAUTH_CODE_REFUSED: row(
    400,
    false,
    'Google did not accept the authorization code',
    'Start again from your app; if it stays, check client id, secret and redirect URI.',
  ),
  GRANT_UNKNOWN: row(
    502,
    false,
    'Google’s answer to the authorization code was lost: it may have given access that nobody holds',
    'Connect again from your app, which also takes the lost access back when it ends; or remove it at Google.',
  ),
  CONNECT_INTERRUPTED: row(
    503,
    false,
    'Portage was interrupted while it took Google’s answer to a connect session',
    'Connect again from your app, which also takes the lost access back when it ends; or remove it at Google.',
  ),
  // An export's ends
  ARCHIVE_RUNNING: row(503, true, 'Google is still preparing the archive', 'Nothing to do: it is asked for again.'),
  ARCHIVE_FAILED: row(502, false, 'Google failed to build the archive four times', 'Ask the user to connect again.'),
  ARCHIVE_UNKNOWN: row(
    502,
    false,
    'Google has started the failed archive job anew, and does not say under which id',
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
    'Google did not finish the archive in the time it allows itself',
    'Ask the user to connect again; Google’s job id is kept with the export.',
  ),
  ARCHIVE_CORRUPT: row(
    502,
    false,
    'The archive that Google delivered cannot be read',
    'The bytes are kept as they came; the findings of the export name the part.',
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
    'Nothing to do: its consent was ended, or another one has taken over.',
  ),
  // Downloads and storage
  LINK_DEAD: row(502, true, 'A download link was refused', 'Nothing to do: a fresh link is asked for.'),
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
    'A part became another one, or was deleted, while it was fetched',
    'Nothing to do: it is looked at again.',
  ),
  PART_NOT_ARCHIVE: row(502, true, 'A page came in place of a part', 'Nothing to do: a fresh link is asked for.'),
  STORAGE_FULL: row(507, true, 'The storage is full', 'Make room; the step is repeated by itself.'),
  DISK_NEARLY_FULL: row(507, true, 'A local disk has little room left', 'Make room; nothing has to be restarted.'),
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
    'The archive is kept as it came, and is verified; report it with the lines of the log about this export.',
  ),
  RECORDS_OVERDUE: row(
    504,
    false,
    'The records of this archive could not be read in time',
    'The archive is kept as it came, and is verified; Portage goes on trying to read it. Look at the worker’s log for what stands in its way.',
  ),
  RECORDS_OVERTAKEN: row(
    503,
    true,
    'Another export of the same data was read meanwhile',
    'Nothing to do: the step is repeated; repeat a command yourself.',
  ),
  RECORDS_NOT_AGAIN: row(
    409,
    false,
    'The records of this export cannot be read again',
    'What was fetched is in its parts, as long as those are kept (docs/records.md, "Reading again").',
  ),
  RECORDS_MISSING: row(
    500,
    false,
    'Stored records are missing, or were changed',
    'Check STORAGE_URL, and restore the objects that `portage verify <export-id>` names from a backup, or read the export again with `portage records read <export-id>`.',
  ),
  DATA_DELETED: row(410, false, 'This data was deleted, and its key with it', 'Ask the user to connect again.'),
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
    'Nothing to do for a moment; if it stays, look for statements that wait in PostgreSQL, and run more processes.',
  ),
  DATABASE_OUTDATED: row(
    503,
    true,
    'The database lacks a migration of this release',
    'Run "portage migrate"; what waits for it goes on by itself.',
  ),
  STEP_STALLED: row(
    504,
    true,
    'A step made no progress for as long as it may',
    'Nothing to do: it is repeated; if it stays, look at what it waits for (docs/limits-on-waiting.md).',
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
    'A key of VAULT_KEYS has other bytes than the key that sealed under the same id',
    'Put the right bytes into VAULT_KEYS and restart; give a new key an id of its own.',
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
    'This member is damaged, encrypted or packed in a way that is not read here',
    'Fetch the part that holds it; the findings of the export say what is wrong with it.',
  ),
  ARCHIVE_LIMIT: row(
    422,
    false,
    'The archive goes beyond a limit of this server',
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
    'Only deleting its data is possible; let the user connect again for more.',
  ),
  CONSENT_NOT_RENEWABLE: row(
    409,
    false,
    'This consent cannot be renewed',
    'Only a live time-based consent can be; leave renewsConsentId out to let the user connect anew.',
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
