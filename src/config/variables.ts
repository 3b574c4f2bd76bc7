/** Every variable that Portage reads, with its purpose and the schema of its value. */
import { z } from 'zod';

import {
  atLeastOne,
  callRate,
  certificateFile,
  duration,
  durationOrNever,
  durationUpTo,
  durations,
  hostAndPort,
  kmsKeyArn,
  networks,
  port,
  postgresUrl,
  privateKeyFile,
  projectNumber,
  proxies,
  resourceNames,
  size,
  storageLocation,
  unsafeSettingNames,
  vaultKeys,
  webUrl,
} from './value-formats';

/**
 * One variable: the schema that parses its value, and its purpose. A test compares the purpose with .env.example and
 * docs/configuration.md.
 */
interface Variable<T extends z.ZodType = z.ZodType> {
  readonly schema: T;
  readonly purpose: string;
}

const variable = <T extends z.ZodType>(purpose: string, schema: T): Variable<T> => ({ schema, purpose });

/** Every variable that Portage reads, in the order in which the documentation lists them. */
export const variables = {
  PUBLIC_URL: variable(
    'Browsers reach the server under this address. The OAuth redirect URI is this address plus `/oauth/callback`.',
    webUrl.default('http://localhost:3000'),
  ),
  HOST: variable('The server listens on this address.', z.string().min(1).default('127.0.0.1')),
  PORT: variable('The server listens on this port.', port(3000)),
  TRUSTED_PROXIES: variable(
    'The server takes the caller’s address from the header `X-Forwarded-For` of these reverse proxies: addresses, networks such as `10.0.0.0/8`, or `loopback`; comma-separated. When it is not set, the server does not limit requests from private networks by address.',
    proxies,
  ),
  PAGE_REQUESTS_PER_MINUTE: variable(
    'Each server accepts at most this many requests for pages from one address in a minute.',
    atLeastOne(600, 1_000_000),
  ),
  API_REQUESTS_PER_MINUTE: variable(
    'Each server accepts at most this many API requests from one host app in a minute.',
    atLeastOne(30_000, 10_000_000),
  ),
  DATABASE_URL: variable(
    'Portage connects to PostgreSQL with this string. When it is not set, Portage uses an embedded PGlite database in `DATA_DIR`, which only one process can open.',
    postgresUrl.optional(),
  ),
  DATABASE_OWNER_URL: variable(
    '`portage migrate` connects with this string, as the role that owns the tables, and grants the role in `DATABASE_URL` what it needs (docs/postgresql.md). Do not give it to servers and workers. When it is not set, the role in `DATABASE_URL` owns the tables.',
    postgresUrl.optional(),
  ),
  DATA_DIR: variable(
    'Portage keeps its files on the local disk in this folder.',
    z.string().min(1).default('.portage'),
  ),
  STORAGE_URL: variable(
    'Portage stores archives here: `file:///folder` or `s3://bucket/prefix?region=…` (docs/storage.md). When it is not set, Portage uses the folder `storage` in `DATA_DIR`.',
    storageLocation.optional(),
  ),
  S3_ACCESS_KEY_ID: variable(
    'Portage uses this access key for a `STORAGE_URL` of S3. When it is not set, the AWS SDK looks for credentials in its usual places.',
    z.string().optional(),
  ),
  S3_SECRET_ACCESS_KEY: variable('This is the secret that belongs to `S3_ACCESS_KEY_ID`.', z.string().optional()),
  VAULT_KEYS: variable(
    'These keys seal tokens, data keys and payloads: `<id>:<32 bytes in base64>`, comma-separated. Portage seals with the first key and opens with all of them.',
    vaultKeys,
  ),
  KMS_KEY_ARN: variable(
    'The AWS KMS key with this ARN seals the data keys; `VAULT_KEYS` then seals only tokens and payloads. It has to be a symmetric key (docs/archives.md).',
    kmsKeyArn.optional(),
  ),
  KMS_ENDPOINT: variable('Portage calls the KMS server at this base URL in place of Amazon’s.', webUrl.optional()),
  GOOGLE_CLIENT_ID: variable(
    'This is the OAuth client id of your Google Cloud project.',
    z
      .string({ error: 'is missing; create an OAuth client of type "Web application" in the Google Cloud console' })
      .min(1),
  ),
  GOOGLE_CLIENT_SECRET: variable(
    'This is the secret of your OAuth client.',
    z.string({ error: 'is missing; the Google Cloud console shows it next to the client id' }).min(1),
  ),
  GOOGLE_PROJECT_NUMBER: variable(
    'This is the number, not the ID, of your Google Cloud project. When it is set, users get Google’s link to renew time-based access.',
    projectNumber.optional(),
  ),
  GOOGLE_EMULATOR_URL: variable(
    'Portage calls the emulator at this base URL in place of Google. Do not set it in production.',
    webUrl.optional(),
  ),
  GOOGLE_CALLS_PER_MINUTE: variable(
    'All servers and workers together make at most this many calls to Google’s API in a minute, for each OAuth client. Google does not publish its limit.',
    callRate(600),
  ),
  EXTRA_RESOURCES: variable(
    'Host apps may also ask for these resources, which Google added after this release; comma-separated.',
    resourceNames,
  ),
  TEMPORAL_ADDRESS: variable(
    'Portage connects to the Temporal server at this host and port.',
    hostAndPort.default('localhost:7233'),
  ),
  TEMPORAL_NAMESPACE: variable('Portage uses this namespace of Temporal.', z.string().min(1).default('default')),
  TEMPORAL_TASK_QUEUE: variable(
    'Workers take their tasks from the queue of this name. Several Portage installations in one namespace need different names.',
    z.string().min(1).max(200).default('portage'),
  ),
  TEMPORAL_PAYLOADS: variable(
    'With `encrypted`, Portage encrypts payloads for Temporal with keys that it derives from `VAULT_KEYS`. With `readable`, it does not, so that Temporal’s Web UI can show them.',
    z
      .enum(['encrypted', 'readable'], { error: 'is none of encrypted, readable; write one of them' })
      .default('encrypted'),
  ),
  TEMPORAL_TLS: variable(
    'With `true`, Portage connects to Temporal with TLS. When it is not set, Portage uses TLS if one of the four settings below or `TEMPORAL_API_KEY` is set.',
    z.enum(['true', 'false'], { error: 'is neither true nor false; write one of them' }).optional(),
  ),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: variable(
    'This is the path of the certificate (PEM) of the authority that signed the Temporal server’s certificate. When it is not set, Portage trusts the authorities that the machine trusts.',
    certificateFile.optional(),
  ),
  TEMPORAL_TLS_CLIENT_CERT_PATH: variable(
    'This is the path of the certificate (PEM) that Portage sends to a Temporal server that requires one (mTLS).',
    certificateFile.optional(),
  ),
  TEMPORAL_TLS_CLIENT_KEY_PATH: variable(
    'This is the path of the private key (PEM) for `TEMPORAL_TLS_CLIENT_CERT_PATH`.',
    privateKeyFile.optional(),
  ),
  TEMPORAL_TLS_SERVER_NAME: variable(
    'This is the name in the Temporal server’s certificate. Set it when the name is not the host of `TEMPORAL_ADDRESS`.',
    z.string().min(1).optional(),
  ),
  TEMPORAL_API_KEY: variable(
    'Portage sends this key with every call to Temporal. Temporal Cloud requires it.',
    z.string().min(1).optional(),
  ),
  POLL_MIN: variable(
    'Portage waits at least this long before it asks Google again for an unfinished archive.',
    duration('5 minutes'),
  ),
  POLL_MAX: variable(
    'Portage waits at most this long before it asks Google again for an unfinished archive.',
    duration('60 minutes'),
  ),
  RETRY_FIRST: variable(
    'A step waits this long after its first temporary failure. The pause doubles after each further failure.',
    duration('5 seconds'),
  ),
  RETRY_LONGEST: variable('A step waits at most this long after a temporary failure.', duration('10 minutes')),
  START_WITHIN: variable(
    'An export fails when it has not started within this time after it was due. For one-time access the limit is `STORE_WITHIN` instead.',
    duration('24 hours'),
  ),
  FINISH_WITHIN: variable(
    'An export fails when Google has not built its archive within this time after the start. For one-time access the limit is `STORE_WITHIN` instead.',
    duration('7.5 days'),
  ),
  STORE_WITHIN: variable(
    'An export fails when its archive is not stored within this time after the start.',
    duration('14 days'),
  ),
  EXPORT_EVERY: variable(
    'A time-based export starts again this long after its last start. Google refuses a start less than 24 hours after the last one.',
    duration('24 hours'),
  ),
  EXPORT_MARGIN: variable(
    'Portage adds a random delay before each start of a time-based export, between 1× and 2× this value, so that no start is too early.',
    duration('30s'),
  ),
  WINDOW_OVERLAP: variable(
    'The time window of an export begins this long before the end of the last one, because some records arrive late.',
    duration('3 days'),
  ),
  LAST_EXPORT_BEFORE_END: variable(
    'The last export of a grant starts at least this long before the grant ends.',
    duration('12 hours'),
  ),
  RENEWAL_REMINDERS: variable(
    'Portage records a reminder event this long before a grant ends, so that the host app can ask the user to renew it; comma-separated.',
    durations('30 days, 14 days, 7 days, 1 day'),
  ),
  RENEWAL_WINDOW: variable(
    'Google lets users renew a grant in this period before its end (docs/google-api.md Q13).',
    duration('90 days'),
  ),
  CONTINUE_AS_NEW_AFTER: variable('A loop continues as a new Temporal run after this long.', duration('7 days')),
  BATCH_SPLIT_AFTER: variable(
    'While Google’s lock applies to all resources of a consent together, they share one job. After this time, Portage tries again whether one resource can have its own job.',
    duration('30 days'),
  ),
  HOUSEKEEPING_EVERY: variable(
    'The housekeeping looks for consents without a workflow and for exports near their deadlines at this interval. The value must be a whole number of seconds.',
    duration('1 minute'),
  ),
  ARCHIVE_MAX_ENTRIES: variable(
    'An archive may hold at most this many files, in all its parts together.',
    atLeastOne(250_000),
  ),
  ARCHIVE_MAX_MEMBER_SIZE: variable(
    'One file of an archive may have at most this size when it is unpacked.',
    size('256 GiB'),
  ),
  ARCHIVE_MAX_TOTAL_SIZE: variable(
    'All files of an archive together may have at most this size when they are unpacked.',
    size('2 TiB'),
  ),
  ARCHIVE_MAX_RATIO: variable('A file may unpack to at most this many times its packed size.', atLeastOne(250)),
  ARCHIVE_MAX_DEPTH: variable('A file may be at most this many folders deep in an archive.', atLeastOne(32)),
  ARCHIVE_MAX_NAME_SIZE: variable('The path of a file in an archive may be at most this long.', size('16 KiB')),
  ARCHIVE_MAX_MANIFEST_SIZE: variable(
    'Google’s list of the files (the manifest) may have at most this size. Portage reads it into memory as a whole.',
    size('16 MiB'),
  ),
  DOWNLOAD_SEGMENT_SIZE: variable(
    'Portage fetches, seals and stores archives in segments of this size, from 64 KiB to 16 MiB.',
    size('4 MiB').refine((bytes) => bytes >= 65_536 && bytes <= 16_777_216, 'is not a size from 64 KiB to 16 MiB'),
  ),
  DOWNLOAD_CONCURRENCY: variable(
    'Portage fetches this many segments of one archive at once, as long as there is memory for them.',
    atLeastOne(4, 64),
  ),
  DOWNLOADS_AT_ONCE: variable(
    'One worker downloads at most this many archives at once. A slow download needs one connection and the memory of one segment.',
    atLeastOne(100, 1_000),
  ),
  DOWNLOAD_MEMORY: variable(
    'One worker uses at most this much memory for the segments that it downloads. The value must be at least eight times `DOWNLOAD_SEGMENT_SIZE`.',
    size('384 MiB'),
  ),
  RETENTION: variable(
    'Portage deletes the data of an export after this time. With `never`, it keeps the data (docs/archives.md). Server and worker need the same value.',
    durationOrNever,
  ),
  RETENTION_FROM: variable(
    'The time in `RETENTION` begins when the export ends (`end`), or when the host app confirms that it has the data (`delivery`).',
    z.enum(['end', 'delivery'], { error: 'is neither end nor delivery; write one of them' }).default('end'),
  ),
  AUDIT_RETENTION: variable(
    'Servers remove entries from the audit log after this time, and keep its chain verifiable (docs/audit.md). With `never`, they keep all.',
    durationOrNever,
  ),
  EVENT_RETENTION: variable(
    'Portage removes events after this time, and keeps those that a webhook endpoint has not taken yet (docs/webhooks.md).',
    duration('30 days'),
  ),
  CONNECT_LINK_TTL: variable(
    'A connect link can be used for this long, including the time at Google’s consent screen.',
    duration('1 hour'),
  ),
  CONFIRM_WITHIN: variable(
    'The host app has to confirm a connect session within this time after Google’s answer, at most 12 hours. After that, Portage ends the grant at Google.',
    durationUpTo('1 hour', '12 hours'),
  ),
  WEBHOOK_PRIVATE_NETWORKS: variable(
    'Webhooks may also be sent to these private networks, such as `10.0.0.0/8`; comma-separated. Without it, Portage sends them to public addresses only. Commands, servers and workers need the same value.',
    networks,
  ),
  ALLOW_UNSAFE: variable(
    'Server and worker start even with these settings, which put data at risk; comma-separated. Only for tests: `emulator`, `plain-http`, `weak-vault-key`, `readable-payloads`. Only where no other person can read the network: `database-without-tls`, `storage-without-tls`, `kms-without-tls`. Only after a change of `TEMPORAL_PAYLOADS` from `readable` to `encrypted`, until no workflow from before runs: `unsealed-payloads` (docs/overview.md).',
    unsafeSettingNames,
  ),
  LOG_LEVEL: variable(
    'Portage writes log lines of this level and of the more severe ones: `debug`, `info`, `warn`, `error`.',
    z
      .enum(['debug', 'info', 'warn', 'error'], { error: 'is none of debug, info, warn, error; write one of them' })
      .default('info'),
  ),
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;
/** The parsed value of every variable. */
export type Values = { [K in VariableName]: z.output<(typeof variables)[K]['schema']> };
