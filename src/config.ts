/** Environment variables in, one frozen and validated configuration out; every fault is reported at once. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';

import ms, { type StringValue } from 'ms';
import { z } from 'zod';

import type { ArchiveLimits } from './domain/archive-limits';
import type { DownloadSettings, Policy, Retention } from './domain/policy';
import type { KmsSettings } from './kms-sealer';
import type { VaultKey } from './vault';
import { findMisspelt } from './misspelt-variables';
import { parseStorageUrl, type StorageLocation } from './storage/location';

/** Names and values of variables; an empty value counts as unset. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One variable: how it is read, and the words that .env.example and docs/configuration.md are checked against. */
interface Variable<T extends z.ZodType = z.ZodType> {
  readonly schema: T;
  readonly purpose: string;
}

const variable = <T extends z.ZodType>(purpose: string, schema: T): Variable<T> => ({ schema, purpose });

const duration = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const value = ms(text as StringValue) as number | undefined;
      if (value !== undefined && Number.isFinite(value) && value >= 1) return value;
      context.addIssue({ code: 'custom', message: `is not a duration; write for example "${fallback}"` });
      return z.NEVER;
    });

/** Several durations, longest first. */
const durations = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const values = text.split(',').map((part) => ms(part.trim() as StringValue) as number | undefined);
      if (values.every((value) => value !== undefined && Number.isFinite(value) && value >= 1)) {
        return (values as number[]).sort((a, b) => b - a);
      }
      context.addIssue({ code: 'custom', message: `is not a list of durations; write for example "${fallback}"` });
      return z.NEVER;
    });

const units: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** A number of bytes, such as `16 MiB`. */
const size = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const [, number, unit] = /^(\d{1,12}(?:\.\d+)?) ?([KMGT]iB)?$/.exec(text.trim()) ?? [];
      const bytes = Math.floor(Number(number) * (units[unit ?? ''] ?? 1));
      if (bytes >= 1 && Number.isSafeInteger(bytes)) return bytes;
      context.addIssue({ code: 'custom', message: `is not a size; write for example "${fallback}"` });
      return z.NEVER;
    });

const atLeastOne = (fallback: number, most = Number.MAX_SAFE_INTEGER) => {
  const error =
    most === Number.MAX_SAFE_INTEGER ? 'is not a whole number from 1' : `is not a whole number from 1 to ${most}`;
  return z.coerce.number({ error }).int(error).min(1, error).max(most, error).default(fallback);
};

const notAPort = 'is not a port; write a whole number from 1 to 65535';
const port = (fallback: number) =>
  z.coerce.number({ error: notAPort }).int(notAPort).min(1, notAPort).max(65_535, notAPort).default(fallback);

const notARate = 'is not a number of calls; write a whole number from 1 to 1000000';

const webUrl = z.url({
  protocol: /^https?$/,
  error: 'is not an http(s) URL; write for example "https://portage.example.com"',
});
const withoutSlash = (url: string) => url.replace(/\/+$/, '');

const vaultKey = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/;

const vaultKeys = z
  .string({ error: 'is missing; make one with: echo "VAULT_KEYS=k1:$(openssl rand -base64 32)"' })
  .transform((text, context) => {
    const keys = text.split(',').map((entry) => vaultKey.exec(entry.trim()));
    const parsed = keys.flatMap((match) =>
      match?.[1] !== undefined && match[2] !== undefined
        ? [{ id: match[1], key: Buffer.from(match[2], 'base64') }]
        : [],
    );
    if (parsed.length !== keys.length) {
      context.addIssue({
        code: 'custom',
        message:
          'is not a comma-separated list of <id>:<32 bytes in base64>; make one with: echo "k1:$(openssl rand -base64 32)"',
      });
    }
    if (new Set(parsed.map(({ id }) => id)).size !== parsed.length) {
      context.addIssue({ code: 'custom', message: 'names the same key id twice; give each key its own id' });
    }
    return parsed;
  });

const storageLocation = (text: string, context: z.RefinementCtx): StorageLocation => {
  try {
    return parseStorageUrl(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
};

/** Every variable that Portage reads, in the order in which the documentation lists them. */
export const variables = {
  PUBLIC_URL: variable(
    'Address under which browsers reach the server; the OAuth redirect URI is this plus `/oauth/callback`.',
    webUrl.transform(withoutSlash).default('http://localhost:3000'),
  ),
  HOST: variable('Address that the server listens on.', z.string().min(1).default('127.0.0.1')),
  PORT: variable('Port that the server listens on.', port(3000)),
  DATABASE_URL: variable(
    'PostgreSQL connection string. Without it, an embedded PGlite database in `DATA_DIR` is used (one process only).',
    z
      .url({
        protocol: /^postgres(ql)?$/,
        error: 'is not a postgres:// URL; write for example "postgres://user:password@db:5432/portage"',
      })
      .optional(),
  ),
  DATA_DIR: variable('Folder for what is kept on local disk.', z.string().min(1).default('.portage')),
  STORAGE_URL: variable(
    'Where archives are stored: `file:///folder` or `s3://bucket/prefix?region=…` (docs/storage.md). Default: the folder `storage` in `DATA_DIR`.',
    z.string().transform(storageLocation).optional(),
  ),
  S3_ACCESS_KEY_ID: variable(
    'Access key for a `STORAGE_URL` of S3. Without it, the AWS SDK looks in its usual places.',
    z.string().optional(),
  ),
  S3_SECRET_ACCESS_KEY: variable('The secret of that access key.', z.string().optional()),
  VAULT_KEYS: variable(
    'Keys that seal tokens, data keys and payloads: `<id>:<32 bytes in base64>`, comma-separated. The first seals, all open.',
    vaultKeys,
  ),
  KMS_KEY_ARN: variable(
    'ARN of a symmetric AWS KMS key that seals data keys in place of `VAULT_KEYS` (docs/archives.md).',
    z
      .string()
      .regex(
        /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
        'is not the ARN of a KMS key; write for example "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-…"',
      )
      .optional(),
  ),
  KMS_ENDPOINT: variable('Base URL of a KMS server other than Amazon’s.', webUrl.transform(withoutSlash).optional()),
  GOOGLE_CLIENT_ID: variable(
    'OAuth client id of your Google Cloud project.',
    z
      .string({ error: 'is missing; create an OAuth client of type "Web application" in the Google Cloud console' })
      .min(1),
  ),
  GOOGLE_CLIENT_SECRET: variable(
    'OAuth client secret.',
    z.string({ error: 'is missing; the Google Cloud console shows it beside the client id' }).min(1),
  ),
  GOOGLE_PROJECT_NUMBER: variable(
    'Number, not ID, of your Google Cloud project; with it, users get Google’s link to renew time-based access.',
    z
      .string()
      .regex(
        /^\d+$/,
        'is not a project number; write the digits of "Project number" in the console, not the project ID',
      )
      .optional(),
  ),
  GOOGLE_EMULATOR_URL: variable(
    'Base URL of the emulator, used in place of Google. Leave unset in production.',
    webUrl.transform(withoutSlash).optional(),
  ),
  GOOGLE_CALLS_PER_MINUTE: variable(
    'Most calls that all servers and workers together make to Google’s API in a minute. Google publishes no figure.',
    z.coerce.number({ error: notARate }).int(notARate).min(1, notARate).max(1_000_000, notARate).default(600),
  ),
  EXTRA_RESOURCES: variable(
    'Names of resources that Google added after this release, comma-separated.',
    z
      .string()
      .default('')
      .transform((text) =>
        text
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
      )
      .pipe(
        z.array(z.string().regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/, 'holds a name that is not like "myactivity.search"')),
      ),
  ),
  TEMPORAL_ADDRESS: variable(
    'Host and port of the Temporal server.',
    z
      .string()
      .regex(/^[^/\s]+:\d+$/, 'is not host:port; write for example "localhost:7233"')
      .default('localhost:7233'),
  ),
  TEMPORAL_NAMESPACE: variable('Temporal namespace.', z.string().min(1).default('default')),
  TEMPORAL_TASK_QUEUE: variable(
    'Task queue of the workers; several Portages in one namespace need one each.',
    z.string().min(1).max(200).default('portage'),
  ),
  TEMPORAL_PAYLOADS: variable(
    'Whether Temporal sees payloads `encrypted`, under keys made from `VAULT_KEYS`, or `readable`, for its Web UI.',
    z
      .enum(['encrypted', 'readable'], { error: 'is none of encrypted, readable; write one of them' })
      .default('encrypted'),
  ),
  POLL_MIN: variable('Shortest pause between two questions after an unfinished archive.', duration('5 minutes')),
  POLL_MAX: variable('Longest pause between two questions after an unfinished archive.', duration('60 minutes')),
  RETRY_FIRST: variable('First pause after a passing fault; it doubles each time.', duration('5 seconds')),
  RETRY_LONGEST: variable('Longest pause after a passing fault.', duration('10 minutes')),
  START_WITHIN: variable(
    'An export must have started this long after the consent; of one-time access it is tried on.',
    duration('24 hours'),
  ),
  FINISH_WITHIN: variable(
    'Google must have built an archive this long after its start; that of one-time access is waited for on.',
    duration('7.5 days'),
  ),
  STORE_WITHIN: variable('An archive must be stored this long after its start.', duration('14 days')),
  EXPORT_EVERY: variable(
    'Pause between two starts of a time-based export; Google refuses less than 24 hours.',
    duration('24 hours'),
  ),
  EXPORT_MARGIN: variable('Added to that pause, once to twice, so that no start comes too early.', duration('30s')),
  WINDOW_OVERLAP: variable(
    'How far a window reaches back before the last one’s end, for records that arrive late.',
    duration('3 days'),
  ),
  LAST_EXPORT_BEFORE_END: variable(
    'The last export of a grant begins at least this long before its end.',
    duration('12 hours'),
  ),
  RENEWAL_REMINDERS: variable(
    'How long before its end the host app is reminded that a grant can be renewed, comma-separated.',
    durations('30 days, 14 days, 7 days, 1 day'),
  ),
  RENEWAL_WINDOW: variable(
    'How long before its end Google lets a grant be renewed (docs/google-api.md Q13).',
    duration('90 days'),
  ),
  CONTINUE_AS_NEW_AFTER: variable('A loop continues as a new Temporal run after this long.', duration('7 days')),
  BATCH_SPLIT_AFTER: variable(
    'Where Google’s lock counts for all resources together, one is tried on its own again after this long.',
    duration('30 days'),
  ),
  HOUSEKEEPING_EVERY: variable(
    'How often Portage looks for consents without a workflow and exports near their deadlines; whole seconds.',
    duration('1 minute'),
  ),
  ARCHIVE_MAX_ENTRIES: variable('Files that an archive may hold, all its parts together.', atLeastOne(250_000)),
  ARCHIVE_MAX_MEMBER_SIZE: variable('Unpacked size that one file of an archive may have.', size('256 GiB')),
  ARCHIVE_MAX_TOTAL_SIZE: variable('Unpacked size that all files of an archive may have together.', size('2 TiB')),
  ARCHIVE_MAX_RATIO: variable('How many times its packed size a file may unpack to.', atLeastOne(250)),
  ARCHIVE_MAX_DEPTH: variable('How many folders deep a file may lie in an archive.', atLeastOne(32)),
  ARCHIVE_MAX_NAME_SIZE: variable('Length of the longest file name in an archive, with its folders.', size('16 KiB')),
  ARCHIVE_MAX_MANIFEST_SIZE: variable(
    'Size of Google’s list of files, which is the one thing that is read as a whole.',
    size('16 MiB'),
  ),
  DOWNLOAD_SEGMENT_SIZE: variable(
    'Archives are fetched, sealed and stored in segments of this size: 64 KiB to 16 MiB.',
    size('4 MiB').refine((bytes) => bytes >= 65_536 && bytes <= 16_777_216, 'is not a size from 64 KiB to 16 MiB'),
  ),
  DOWNLOAD_CONCURRENCY: variable(
    'Segments of one archive that are fetched at once, as long as there is memory for them.',
    atLeastOne(4, 64),
  ),
  DOWNLOADS_AT_ONCE: variable(
    'Archives that one worker fetches at once; a slow one holds a line and a segment.',
    atLeastOne(100, 1_000),
  ),
  DOWNLOAD_MEMORY: variable(
    'Memory that one worker may use for segments of archives that it fetches: at least eight segments.',
    size('384 MiB'),
  ),
  RETENTION: variable(
    'How long the data of an export is kept, or `never` to keep it (docs/archives.md).',
    z
      .string()
      .default('never')
      .transform((text, context) => {
        if (text === 'never') return undefined;
        const value = ms(text as StringValue) as number | undefined;
        if (value !== undefined && Number.isFinite(value) && value >= 1) return value;
        context.addIssue({ code: 'custom', message: 'is no duration; write "never", or for example "30 days"' });
        return z.NEVER;
      }),
  ),
  RETENTION_FROM: variable(
    'What that time counts from: the `end` of the export, or the `delivery` that the host app confirmed.',
    z.enum(['end', 'delivery'], { error: 'is neither end nor delivery; write one of them' }).default('end'),
  ),
  CONNECT_LINK_TTL: variable('How long a connect link stays usable.', duration('1 hour')),
  LOG_LEVEL: variable(
    'Least severe log line that is written.',
    z
      .enum(['debug', 'info', 'warn', 'error'], { error: 'is none of debug, info, warn, error; write one of them' })
      .default('info'),
  ),
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;
type Values = { [K in VariableName]: z.output<(typeof variables)[K]['schema']> };

export interface Config {
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  readonly storage: StorageLocation;
  /** Without them, the AWS SDK finds credentials by itself. */
  readonly s3Credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly vaultKeys: readonly VaultKey[];
  readonly kms: KmsSettings;
  readonly google: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly redirectUri: string;
    readonly projectNumber: string | undefined;
    readonly emulatorUrl: string | undefined;
    readonly callsPerMinute: number;
    readonly extraResources: readonly string[];
  };
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly taskQueue: string;
    readonly payloads: 'encrypted' | 'readable';
  };
  readonly policy: Policy;
  readonly housekeepingEveryMs: number;
  readonly archiveLimits: ArchiveLimits;
  readonly download: DownloadSettings;
  /** Undefined keeps everything. */
  readonly retention: Retention | undefined;
  readonly connectLinkTtlMs: number;
  /** How long before its end Google lets a grant be renewed; only pages and answers go by it, since Google decides. */
  readonly renewalWindowMs: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** Thrown by {@link loadConfig}: one line for each fault, with the variable's name, what is wrong and what helps. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    );
  }
}

/**
 * Reads and checks the configuration.
 *
 * @throws ConfigError naming every faulty variable, and every one that looks like a misspelt one of Portage's; values
 *   are shown only where they are no secrets
 */
export function loadConfig(environment: Environment): Config {
  const faults: string[] = [];
  const values: Partial<Record<VariableName, unknown>> = {};
  for (const [name, { schema }] of Object.entries(variables)) {
    const text = environment[name] === '' ? undefined : environment[name];
    const result = schema.safeParse(text);
    if (result.success) values[name as VariableName] = result.data;
    else faults.push(...result.error.issues.map(({ message }) => `${name} ${shown(name, text)}${message}`));
  }
  faults.push(...misspeltFaults(environment));
  const v = values as Values;
  // A comparison with a value that is itself faulty is false.
  if (v.POLL_MIN > v.POLL_MAX) faults.push('POLL_MIN is longer than POLL_MAX; make it shorter');
  if (v.RETRY_FIRST > v.RETRY_LONGEST) faults.push('RETRY_FIRST is longer than RETRY_LONGEST; make it shorter');
  if (v.HOUSEKEEPING_EVERY < 1_000) faults.push('HOUSEKEEPING_EVERY is shorter than 1 second; make it longer');
  if (v.DOWNLOAD_MEMORY < 8 * v.DOWNLOAD_SEGMENT_SIZE) {
    faults.push('DOWNLOAD_MEMORY is less than eight times DOWNLOAD_SEGMENT_SIZE; make it more');
  }
  if ((v.S3_ACCESS_KEY_ID === undefined) !== (v.S3_SECRET_ACCESS_KEY === undefined)) {
    faults.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together; set both or neither');
  }
  if (faults.length > 0) throw new ConfigError(faults);

  const dataDir = resolve(v.DATA_DIR);
  return Object.freeze({
    publicUrl: v.PUBLIC_URL,
    host: v.HOST,
    port: v.PORT,
    databaseUrl: v.DATABASE_URL,
    dataDir,
    storage: Object.freeze<StorageLocation>(v.STORAGE_URL ?? { kind: 'folder', root: resolve(dataDir, 'storage') }),
    s3Credentials:
      v.S3_ACCESS_KEY_ID === undefined || v.S3_SECRET_ACCESS_KEY === undefined
        ? undefined
        : Object.freeze({ accessKeyId: v.S3_ACCESS_KEY_ID, secretAccessKey: v.S3_SECRET_ACCESS_KEY }),
    vaultKeys: v.VAULT_KEYS,
    kms: Object.freeze({ keyArn: v.KMS_KEY_ARN, endpoint: v.KMS_ENDPOINT }),
    google: Object.freeze({
      clientId: v.GOOGLE_CLIENT_ID,
      clientSecret: v.GOOGLE_CLIENT_SECRET,
      redirectUri: `${v.PUBLIC_URL}/oauth/callback`,
      projectNumber: v.GOOGLE_PROJECT_NUMBER,
      emulatorUrl: v.GOOGLE_EMULATOR_URL,
      callsPerMinute: v.GOOGLE_CALLS_PER_MINUTE,
      extraResources: v.EXTRA_RESOURCES,
    }),
    temporal: Object.freeze({
      address: v.TEMPORAL_ADDRESS,
      namespace: v.TEMPORAL_NAMESPACE,
      taskQueue: v.TEMPORAL_TASK_QUEUE,
      payloads: v.TEMPORAL_PAYLOADS,
    }),
    policy: Object.freeze({
      startWithinMs: v.START_WITHIN,
      finishWithinMs: v.FINISH_WITHIN,
      storeWithinMs: v.STORE_WITHIN,
      pollEveryMs: Object.freeze({ min: v.POLL_MIN, max: v.POLL_MAX }),
      retryAfterMs: Object.freeze({ first: v.RETRY_FIRST, longest: v.RETRY_LONGEST }),
      exportEveryMs: v.EXPORT_EVERY,
      exportMarginMs: v.EXPORT_MARGIN,
      windowOverlapMs: v.WINDOW_OVERLAP,
      lastExportBeforeEndMs: v.LAST_EXPORT_BEFORE_END,
      remindBeforeEndMs: Object.freeze(v.RENEWAL_REMINDERS),
      continueAfterMs: v.CONTINUE_AS_NEW_AFTER,
      splitAfterMs: v.BATCH_SPLIT_AFTER,
    }),
    housekeepingEveryMs: v.HOUSEKEEPING_EVERY,
    archiveLimits: Object.freeze({
      entries: v.ARCHIVE_MAX_ENTRIES,
      memberBytes: v.ARCHIVE_MAX_MEMBER_SIZE,
      totalBytes: v.ARCHIVE_MAX_TOTAL_SIZE,
      ratio: v.ARCHIVE_MAX_RATIO,
      depth: v.ARCHIVE_MAX_DEPTH,
      nameBytes: v.ARCHIVE_MAX_NAME_SIZE,
      manifestBytes: v.ARCHIVE_MAX_MANIFEST_SIZE,
    }),
    download: Object.freeze({
      segmentBytes: v.DOWNLOAD_SEGMENT_SIZE,
      concurrency: v.DOWNLOAD_CONCURRENCY,
      atOnce: v.DOWNLOADS_AT_ONCE,
      memoryBytes: v.DOWNLOAD_MEMORY,
    }),
    retention: v.RETENTION === undefined ? undefined : Object.freeze({ afterMs: v.RETENTION, from: v.RETENTION_FROM }),
    connectLinkTtlMs: v.CONNECT_LINK_TTL,
    renewalWindowMs: v.RENEWAL_WINDOW,
    logLevel: v.LOG_LEVEL,
  });
}

/**
 * Where the server listens: what is needed before the rest of the configuration is known.
 *
 * @returns `chosen`: whether somebody counts on this port, by PORT or by an address that leads to it
 * @throws ConfigError when HOST or PORT is faulty
 */
export function listenAddress(environment: Environment) {
  const isSet = (name: string) => environment[name] !== undefined && environment[name] !== '';
  const host = variables.HOST.schema.safeParse(isSet('HOST') ? environment['HOST'] : undefined);
  const port = variables.PORT.schema.safeParse(isSet('PORT') ? environment['PORT'] : undefined);
  if (host.success && port.success) {
    return { host: host.data, port: port.data, chosen: isSet('PORT') || isSet('PUBLIC_URL') };
  }
  const faults = Object.entries({ HOST: host, PORT: port }).flatMap(([name, { error }]) =>
    (error?.issues ?? []).map(({ message }) => `${name} ${shown(name, environment[name])}${message}`),
  );
  throw new ConfigError(faults);
}

function misspeltFaults(environment: Environment): string[] {
  return findMisspelt(environment, Object.keys(variables)).map(({ name, meant }) => {
    const ours = meant.join(' or ');
    return `${name} is no variable of Portage; write ${ours}. If it is another program’s, set ${ours} as well`;
  });
}

/** @throws ConfigError when a variable looks like a misspelt one of Portage's */
export function refuseMisspelt(environment: Environment): void {
  const faults = misspeltFaults(environment);
  if (faults.length > 0) throw new ConfigError(faults);
}

export interface ProcessEnvironment {
  /** Without variables that are empty. */
  readonly environment: Environment;
  /** Absolute path of the `.env` that was read; undefined where there is none. */
  readonly envFile: string | undefined;
}

/**
 * The process's environment, completed by the file `.env` of a folder; the only place that reads either.
 *
 * The file is read by Node's rules (https://nodejs.org/api/environment_variables.html#env-files), and as with
 * `node --env-file` a variable that the environment has wins. What the file adds is set in the process's environment
 * too, since libraries such as the AWS SDK look for their own variables there.
 *
 * @param folder where `.env` is looked for
 * @throws ConfigError when the file is there and cannot be read
 */
export function processEnvironment(folder = process.cwd()): ProcessEnvironment {
  const path = join(folder, '.env');
  const text = readEnvFile(path);
  for (const [name, value = ''] of Object.entries(parseEnv(text ?? ''))) process.env[name] ??= value;
  const set = Object.entries(process.env).filter(([, value]) => value !== '');
  return { environment: Object.fromEntries(set), envFile: text === undefined ? undefined : path };
}

function readEnvFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    const remedy =
      code === 'EISDIR' ? 'it is a folder; rename it, or start Portage in another folder' : 'let this user read it';
    throw new ConfigError([`The file ${path} cannot be read (${code}); ${remedy}`]);
  }
}

/** The value in quotes, unless it may be a secret. */
function shown(name: string, text: string | undefined): string {
  // A URL may hold a password before its host, also where none belongs.
  const secret =
    ['VAULT_KEYS', 'GOOGLE_CLIENT_SECRET', 'DATABASE_URL', 'S3_SECRET_ACCESS_KEY'].includes(name) ||
    text?.includes('@') === true;
  return text === undefined || secret ? '' : `"${text}" `;
}
