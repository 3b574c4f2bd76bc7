/** The closed table of error codes: the meaning and the remedy of every error. */
import type { RequestFault } from './request-fault';

interface ErrorRow {
  /** HTTP status when the error reaches a caller of the server. */
  readonly status: number;
  /** Whether the same step may succeed when repeated later. */
  readonly retryable: boolean;
  /** The meaning, for an operator or developer; never with user data. */
  readonly message: string;
  /** The action to take. */
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
    'Ask the user to connect again and to tick this resource.',
  ),
  ALREADY_EXPORTED: row(
    409,
    false,
    'Google has already exported this one-time resource, and does not name the archive job',
    'Ask the user to connect again.',
  ),
  GOOGLE_REFUSED: row(
    502,
    false,
    'Google refused the request as invalid',
    'Check that the resource exists and supports the request; if both are true, report the error.',
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
    'Google refuses calls because they exceed its rate limit',
    'No action is needed: Portage repeats the step later.',
  ),
  GOOGLE_UNAVAILABLE: row(503, true, 'Google did not answer', 'No action is needed: Portage repeats the step later.'),
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
    'No action is needed: Portage completes the connection within minutes. Go back to the app.',
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
    'Connect again from your app. When the new connection ends, Google also ends the lost access. Or remove the access in your Google account.',
  ),
  CONNECT_INTERRUPTED: row(
    503,
    false,
    'Portage was interrupted while it processed Google’s answer to a connect session',
    'Connect again from your app. Google may have given access that Portage does not know. This access ends when the new connection ends, or when you remove it in your Google account.',
  ),
  // How an export can end
  ARCHIVE_RUNNING: row(
    503,
    true,
    'Google is still preparing the archive',
    'No action is needed: Portage asks for the archive again.',
  ),
  ARCHIVE_FAILED: row(502, false, 'Google failed to build the archive four times', 'Ask the user to connect again.'),
  ARCHIVE_UNKNOWN: row(
    502,
    false,
    'Google has restarted the failed archive job, and its new id is not known',
    'With time-based access, no action is needed: the next export follows. With one-time access, ask the user to connect again.',
  ),
  ARCHIVE_CANCELLED: row(410, false, 'The archive job was cancelled at Google', 'Ask the user to connect again.'),
  ARCHIVE_EXPIRED: row(
    410,
    false,
    'The archive expired at Google before Portage could store it',
    'Ask the user to connect again.',
  ),
  ARCHIVE_OVERDUE: row(
    504,
    false,
    'Google did not finish the archive in time',
    'Ask the user to connect again. Portage keeps Google’s job id with the export.',
  ),
  ARCHIVE_CORRUPT: row(
    502,
    false,
    'The archive that Google delivered cannot be read',
    'Portage keeps the bytes unchanged. Look for the part in the findings of the export.',
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
    'No action is needed: its consent was ended, or a newer consent exports the resource.',
  ),
  // Downloads and storage
  LINK_DEAD: row(502, true, 'Google refused a download link', 'No action is needed: Portage asks for a new link.'),
  LINK_NOT_ALLOWED: row(
    502,
    true,
    'A download link leads to a host that is not Google’s',
    'Report the error. Portage did not follow the link.',
  ),
  PART_TRUNCATED: row(
    502,
    true,
    'A part ended before its stated length',
    'No action is needed: Portage downloads it again.',
  ),
  PART_ALTERED: row(
    502,
    true,
    'A part does not match its stated checksum',
    'No action is needed: Portage downloads it again.',
  ),
  PART_REPLACED: row(
    502,
    true,
    'A part was replaced or deleted at Google while it was downloaded',
    'No action is needed: Portage downloads it again.',
  ),
  PART_NOT_ARCHIVE: row(
    502,
    true,
    'A download link returned a page instead of a part',
    'No action is needed: Portage asks for a new link.',
  ),
  STORAGE_FULL: row(507, true, 'The storage is full', 'Free some space; Portage repeats the step.'),
  DISK_NEARLY_FULL: row(
    507,
    true,
    'A local disk has little free space left',
    'Free some space; a restart is not necessary.',
  ),
  STORAGE_UNAVAILABLE: row(503, true, 'The storage cannot be reached', 'Check STORAGE_URL; Portage repeats the step.'),
  STORAGE_MISSING: row(
    404,
    false,
    'An object is not in the storage',
    'Check STORAGE_URL, and check that the object was not deleted.',
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
    'Restore the object from a backup, and report the error.',
  ),
  DATA_KEY_MISSING: row(
    500,
    false,
    'There is no key for the stored data',
    'Restore the table data_keys from a backup that matches the storage.',
  ),
  RECORDS_UNREADABLE: row(
    500,
    false,
    'The records of this archive could not be read',
    'Portage keeps the verified archive unchanged. Report the error with the log lines about this export.',
  ),
  RECORDS_OVERDUE: row(
    504,
    false,
    'The records of this archive could not be read in time',
    'Portage keeps the verified archive unchanged and tries to read it again. Look for the cause in the worker’s log.',
  ),
  RECORDS_OVERTAKEN: row(
    503,
    true,
    'Portage read another export of the same data at the same time',
    'Portage repeats a step that fails with this error. If a command failed, type it again.',
  ),
  RECORDS_NOT_AGAIN: row(
    409,
    false,
    'The records of this export cannot be read again',
    'Use the parts of the export, which have the downloaded data as long as they are kept (docs/records.md, "Reading again").',
  ),
  RECORDS_MISSING: row(
    500,
    false,
    'Stored records are missing, or were changed',
    'Check STORAGE_URL. Then restore the objects that `portage verify <export-id>` names from a backup, or read the export again with `portage records read <export-id>`.',
  ),
  DATA_DELETED: row(410, false, 'This data and its key were deleted', 'Ask the user to connect again.'),
  DATABASE_UNAVAILABLE: row(
    503,
    true,
    'The database does not answer',
    'Check DATABASE_URL, and check that PostgreSQL runs; Portage repeats the step.',
  ),
  DATABASE_BUSY: row(
    503,
    true,
    'Every database connection of this process is in use',
    'Wait some seconds. If the error does not go away, look for statements that wait in PostgreSQL, and run more processes.',
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
    'No action is needed: Portage repeats the step. If the error does not go away, find out what the step waits for (docs/limits-on-waiting.md).',
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
    'Check KMS_KEY_ARN, the state of that key and the credentials; Portage repeats the step.',
  ),
  VAULT_KEY_WRONG: row(
    503,
    true,
    'A key of VAULT_KEYS differs from the key that was used under the same id before',
    'Put the earlier key into VAULT_KEYS and restart; give a new key a new id.',
  ),
  VAULT_KEY_IN_USE: row(
    503,
    true,
    'A server, a worker or a command still seals with a key that is not the first one in the VAULT_KEYS of this command',
    'Put the same key first in VAULT_KEYS of every server, worker and command, restart them, and repeat the command.',
  ),
  VAULT_SEAL_BROKEN: row(
    500,
    false,
    'A sealed secret was altered or moved',
    'Restore the altered data from a backup. For a payload of Temporal, restrict who may call Temporal. Report the error.',
  ),
  // Requests to the server
  REQUEST_INVALID: row(400, false, 'The request is not valid', 'Correct the named fields.'),
  METHOD_NOT_ALLOWED: row(
    405,
    false,
    'This address does not support this method',
    'Use one of the methods that the header Allow names.',
  ),
  NOT_ACCEPTABLE: row(
    406,
    false,
    'Portage does not have the requested format',
    'Send one of the named media types in the header Accept, or leave the header out.',
  ),
  BODY_TOO_LARGE: row(413, false, 'The body of the request is too long', 'Send a shorter body.'),
  MEDIA_TYPE_UNSUPPORTED: row(
    415,
    false,
    'The body of the request is not JSON in UTF-8',
    'Send JSON with "Content-Type: application/json", without compression or with gzip, deflate or br.',
  ),
  POSITION_INVALID: row(
    400,
    false,
    'This value is not a position in this stream',
    'In `after`, send the unchanged text from `next`, with the same parameters as in the request that returned it. To start again, leave `after` out.',
  ),
  RECORDS_REPLACED: row(
    409,
    false,
    'Portage has read the records of this export again in the meantime',
    'Start again without `after`. For a consent, set `since` to the last `cursor` that you have received. The records have the same keys.',
  ),
  RESOURCE_UNKNOWN: row(
    400,
    false,
    'This is not a resource of the Data Portability API',
    'Use a name from docs/google-api.md §12, such as myactivity.search.',
  ),
  RESOURCES_TOO_MANY: row(
    400,
    false,
    'The request names more resources than Portage asks Google for at once',
    'Ask for some of the resources in another connect session.',
  ),
  API_KEY_INVALID: row(
    401,
    false,
    'The API key is missing or not known',
    'Send "Authorization: Bearer <key>"; make one with "portage api-keys create".',
  ),
  API_KEY_MALFORMED: row(
    401,
    false,
    'This is not an API key of Portage, or a character of it is wrong',
    'Copy the whole key as "portage api-keys create" printed it: ptg_ and 49 letters and digits.',
  ),
  API_KEY_EXPIRED: row(
    401,
    false,
    'The API key has expired',
    'Make a new one with "portage api-keys create"; next time, "portage api-keys rotate" makes the new key before the old one expires.',
  ),
  API_KEY_UNACCEPTED: row(
    401,
    false,
    'The API key was made by an earlier release, and the operator has not accepted it yet',
    'Make a new one with "portage api-keys create", or accept this one with "portage api-keys accept".',
  ),
  API_KEY_LACKS_CONNECT: row(
    403,
    false,
    'The API key does not have the scope connect',
    'Make a key that has it with "portage api-keys create <host-app> --scopes connect".',
  ),
  API_KEY_LACKS_READ: row(
    403,
    false,
    'The API key does not have the scope read',
    'Make a key that has it with "portage api-keys create <host-app> --scopes read".',
  ),
  API_KEY_LACKS_MANAGE: row(
    403,
    false,
    'The API key does not have the scope manage',
    'Make a key that has it with "portage api-keys create <host-app> --scopes manage".',
  ),
  API_KEY_LACKS_ADMIN: row(
    403,
    false,
    'The API key does not have the scope admin',
    'Make a key that has it with "portage api-keys create <host-app> --scopes admin".',
  ),
  API_KEYS_TOO_MANY: row(
    409,
    false,
    'The host app has as many API keys as it may have',
    'Revoke a key that you no longer need; an operator can make more with "portage api-keys create".',
  ),
  API_KEY_REPLACED: row(
    409,
    false,
    'The API key was replaced before, and works only until its overlap ends',
    'Replace its successor: the list of API keys shows it. If you no longer have the text of the successor, replace that key by its id, with an overlap of 0.',
  ),
  RETURN_URL_NOT_ALLOWED: row(
    400,
    false,
    'The browser may not return to this address',
    'Use an https address that the operator allows, see "portage host-apps list"; or allow it with "portage host-apps set".',
  ),
  RANGE_NOT_SATISFIABLE: row(
    416,
    false,
    'The range begins after the last byte',
    'Ask for a range within the length, or for the whole content.',
  ),
  PART_UNREADABLE: row(
    422,
    false,
    'The part is not a readable ZIP, so it has no members',
    'Fetch the part as a whole; the findings of the export show what is wrong with it.',
  ),
  MEMBER_UNREADABLE: row(
    422,
    false,
    'This member is damaged, encrypted or compressed in a way that Portage cannot read',
    'Fetch the part that holds it; the findings of the export show what is wrong with it.',
  ),
  ARCHIVE_LIMIT: row(
    422,
    false,
    'The archive exceeds a limit of this server',
    'Fetch the part as a whole, or ask the operator to raise the limit.',
  ),
  WEBHOOK_URL_REFUSED: row(
    400,
    false,
    'Webhooks are not sent to this address',
    'Name a public https:// address, or ask the operator to allow its network with WEBHOOK_PRIVATE_NETWORKS (docs/webhooks.md).',
  ),
  WEBHOOK_ENDPOINTS_TOO_MANY: row(
    409,
    false,
    'The host app has as many webhook endpoints as it may have',
    'Delete an endpoint that you no longer need.',
  ),
  REPLAY_TOO_LARGE: row(
    400,
    false,
    'These are too many events for one request',
    'Ask for the events of a shorter period.',
  ),
  IDEMPOTENCY_KEY_REUSED: row(
    422,
    false,
    'This Idempotency-Key was used with another request before',
    'Send a new key with each new request; send the same key only to repeat a request as it was.',
  ),
  IDEMPOTENCY_KEY_IN_USE: row(
    409,
    false,
    'The first request with this Idempotency-Key is still being carried out',
    'Wait for the time in the header Retry-After, then send the same request again.',
  ),
  NOT_FOUND: row(404, false, 'There is nothing at this address', 'Check the address and the id.'),
  NOT_YOUR_PAGE: row(
    403,
    false,
    'This page belongs to another browser',
    'Open it in the browser in which the account was connected, or go back to the app and connect from there.',
  ),
  USER_UNKNOWN: row(
    404,
    false,
    'Nothing of this user is stored: no consent and no connect session',
    'No action is needed if the user was deleted before; otherwise check the id and the host app.',
  ),
  CONSENT_UNKNOWN: row(404, false, 'There is no such consent', 'Look for its id with "portage consents list".'),
  EVENTS_PRUNED: row(
    410,
    false,
    'Portage has removed some of the events after this position',
    'Read the state of your consents with GET /v1/consents, then read events again without "after".',
  ),
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
    'Only a time-based consent that has not ended can be renewed; leave `renewsConsentId` out to make a new consent.',
  ),
  CONSENT_NOT_REPLACEABLE: row(
    409,
    false,
    'This consent cannot be replaced',
    'Only a time-based consent that has not ended can be replaced; leave `replaces` out to make a new consent in addition to the existing one.',
  ),
  CONSENTS_QUOTA_REACHED: row(
    403,
    false,
    'The host app has as many connected consents as it may have',
    'Cancel consents that you no longer need, or ask the operator to raise the quota with "portage host-apps set <host-app> --max-consents".',
  ),
  SESSIONS_QUOTA_REACHED: row(
    429,
    false,
    'The host app has made as many connect sessions within 24 hours as it may make',
    'Wait for the time in the header Retry-After, or ask the operator to raise the quota with "portage host-apps set <host-app> --max-sessions-per-day".',
  ),
  TOO_MANY_REQUESTS: row(
    429,
    false,
    'There were too many requests',
    'Wait for the time in the header Retry-After, then ask again.',
  ),
  CONNECT_LINK_UNKNOWN: row(404, false, 'This connect link is not known', 'Go back to the app and start again.'),
  CONNECT_LINK_EXPIRED: row(410, false, 'This connect link has expired', 'Go back to the app and start again.'),
  CONNECT_CANCELLED: row(410, false, 'The app has withdrawn this connect link', 'Go back to the app and start again.'),
  CONNECT_SESSION_CONNECTED: row(
    409,
    false,
    'This connect session has led to a consent, so it cannot be cancelled',
    'Cancel or delete the consent that `consentId` of the session names.',
  ),
  CONNECT_LINK_USED: row(409, false, 'This connect link was already used', 'Go back to the app and start again.'),
  CONNECT_LINK_OTHER_BROWSER: row(
    403,
    false,
    'This connect link was opened in another browser, or this browser refuses cookies',
    'Go back to the app and start again in this browser. Never follow a connect link that another person sent you.',
  ),
  RENEW_FROM_APP: row(
    409,
    false,
    'The app has to confirm this renewal, and Portage does not know the address of the app to return to',
    'Go back to the app and renew from there.',
  ),
  POST_FROM_ELSEWHERE: row(
    403,
    false,
    'Another website sent this form',
    'If you want to connect, go back to the app, start there and click the button on Portage’s own page.',
  ),
  CONFIRMATION_CODE_WRONG: row(
    403,
    false,
    'This is not the code that Portage gave the browser',
    'Send the value of portage_code that the browser brought to returnUrl.',
  ),
  CONFIRMATION_USER_WRONG: row(
    403,
    false,
    'The connect session was made for another user than the one who came back',
    'Do not connect this user: the link was finished in the wrong browser. Let the user who is signed in start again.',
  ),
  CONFIRMATION_VOID: row(
    410,
    false,
    'There were too many wrong confirmations of this connect session',
    'Make a new connect session. Portage ends the grant at Google.',
  ),
  CONFIRMATION_EXPIRED: row(
    410,
    false,
    'The connect session was not confirmed in time',
    'Make a new connect session, and confirm it when the browser comes to returnUrl.',
  ),
  NOTHING_TO_CONFIRM: row(
    409,
    false,
    'This connect session has nothing to confirm',
    'Confirm a session whose state is awaiting_confirmation; see docs/api.md.',
  ),
  UNCONFIRMED: row(
    410,
    false,
    'The app did not confirm in time whose account this is, so nothing was connected',
    'Go back to the app and start again.',
  ),
  STATE_INVALID: row(
    400,
    false,
    'This answer from Google does not belong to a request of this browser',
    'Go back to the app and start again.',
  ),
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
  CONNECT_QUOTA_REACHED: row(
    403,
    false,
    'The app cannot take more connections at the moment',
    'You have shared nothing. Report this to the app, and open the link again when the app asks you to.',
  ),
  BROWSER_REFUSED: row(
    403,
    false,
    'Google does not ask for consent in a browser that is built into another app',
    'Go back to the app, start again, and open the link in an ordinary browser, such as Chrome, Firefox or Safari.',
  ),
  TEMPORAL_UNAVAILABLE: row(
    503,
    true,
    'Temporal does not answer',
    'Check TEMPORAL_ADDRESS, and check that Temporal runs.',
  ),
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
    'The workflows set search attributes that Temporal does not know',
    'Run "portage migrate". It registers them, or prints the command that registers them.',
  ),
  WORKERS_MISSING: row(
    503,
    true,
    'At least one task queue has no worker that polls it',
    'Check that "portage worker" runs with the same TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and TEMPORAL_TASK_QUEUE.',
  ),
  WORKFLOW_MISSING: row(
    503,
    true,
    'Temporal does not run the workflow of this consent',
    'No action is needed: the housekeeping starts it. Ask again in a minute.',
  ),
  NOT_READY: row(503, true, 'Portage cannot answer this request at the moment', 'Try again shortly.'),
  UNEXPECTED: row(
    500,
    true,
    'Something unexpected happened',
    'Look in the log for the time and the id of the request, and report the error.',
  ),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

/** The remedy of an error code. */
export function remedyOf(code: ErrorCode): string {
  return errorTable[code].remedy;
}

/**
 * Codes for a peer that does not answer. The step itself is correct, and each process logs such a code once a minute at
 * most.
 */
const outages: ReadonlySet<string> = new Set([
  'DATABASE_UNAVAILABLE',
  'DATABASE_BUSY',
  'TEMPORAL_UNAVAILABLE',
  'STORAGE_UNAVAILABLE',
] satisfies ErrorCode[]);

export function isOutage(code: string): boolean {
  return outages.has(code);
}

/** Whether a string is one of the codes of {@link errorTable}. It checks codes that Temporal returns as text. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}

interface ErrorOptions {
  readonly detail?: string;
  readonly retryAfterMs?: number | undefined;
  readonly faults?: readonly RequestFault[];
  readonly cause?: unknown;
}

/**
 * The only error class. Operators and host apps may see its message: the text of the table and, in `detail`, values
 * that are neither secret nor personal (names of resources, states, counts, limits).
 */
export class PortageError extends Error {
  override readonly name = 'PortageError';
  readonly code: ErrorCode;
  /** Milliseconds until the next try, when Google or a limit names a time. */
  readonly retryAfterMs: number | undefined;
  /** Values that the message has in addition to the text of the table. */
  readonly detail: string | undefined;
  /** The wrong values of a request, if they are known; only the sender of the request may see them. */
  declare readonly faults: readonly RequestFault[];

  constructor(code: ErrorCode, options: ErrorOptions = {}) {
    const { message } = errorTable[code];
    super(options.detail === undefined ? message : `${message}: ${options.detail}`, { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.detail = options.detail;
    // Values of a request must not be logged.
    Object.defineProperty(this, 'faults', { value: options.faults ?? [], enumerable: false });
    // The cause may contain requests with tokens. Only the log, which removes tokens, may read it, and no serializer.
    Object.defineProperty(this, 'cause', { value: options.cause, enumerable: false });
  }

  /** The message of the table, without the detail. */
  get title(): string {
    return errorTable[this.code].message;
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
