// The configuration is read whole or refused whole, and every document about it agrees with the schema.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import fc from 'fast-check';
import { parse } from 'yaml';

import { ConfigError, loadConfig, variables } from '../../src/config';
import { configurationTable, environmentExample, requiredVariables, unpadded } from '../support/configuration-table';
import { makeCertificates, type Certificates } from '../support/temporal-gateway';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const required = { VAULT_KEYS: `k1:${key(1)}`, GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret' };

/** The faults of an environment that has everything required, and these changes. */
function faultsOf(changes: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig({ ...required, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('a configuration', () => {
  it('needs no more than the required variables', () => {
    const config = loadConfig(required);
    expect(config).toEqual({
      publicUrl: 'http://localhost:3000',
      host: '127.0.0.1',
      port: 3000,
      trustedProxies: [],
      webhookPrivateNetworks: [],
      requestLimits: { pages: 600, api: 30_000 },
      databaseUrl: undefined,
      databaseOwnerUrl: undefined,
      dataDir: resolve('.portage'),
      storage: { kind: 'folder', root: resolve('.portage/storage') },
      s3Credentials: undefined,
      vaultKeys: [{ id: 'k1', key: Buffer.alloc(32, 1) }],
      kms: { keyArn: undefined, endpoint: undefined },
      google: {
        clientId: 'an-id',
        clientSecret: 'a-secret',
        redirectUri: 'http://localhost:3000/oauth/callback',
        projectNumber: undefined,
        emulatorUrl: undefined,
        callsPerMinute: 600,
        extraResources: [],
      },
      temporal: {
        address: 'localhost:7233',
        tls: undefined,
        apiKey: undefined,
        namespace: 'default',
        taskQueue: 'portage',
        payloads: 'encrypted',
        acceptsUnsealed: false,
      },
      policy: {
        startWithinMs: 86_400_000,
        finishWithinMs: 648_000_000,
        storeWithinMs: 1_209_600_000,
        pollEveryMs: { min: 300_000, max: 3_600_000 },
        retryAfterMs: { first: 5_000, longest: 600_000 },
        exportEveryMs: 86_400_000,
        exportMarginMs: 30_000,
        windowOverlapMs: 259_200_000,
        lastExportBeforeEndMs: 43_200_000,
        remindBeforeEndMs: [2_592_000_000, 1_209_600_000, 604_800_000, 86_400_000],
        continueAfterMs: 604_800_000,
        splitAfterMs: 2_592_000_000,
      },
      housekeepingEveryMs: 60_000,
      archiveLimits: {
        entries: 250_000,
        memberBytes: 256 * 2 ** 30,
        totalBytes: 2 * 2 ** 40,
        ratio: 250,
        depth: 32,
        nameBytes: 16_384,
        manifestBytes: 16_777_216,
      },
      download: { segmentBytes: 4_194_304, concurrency: 4, atOnce: 100, memoryBytes: 402_653_184 },
      retention: undefined,
      connectLinkTtlMs: 3_600_000,
      confirmWithinMs: 3_600_000,
      eventRetentionMs: 2_592_000_000,
      renewalWindowMs: 7_776_000_000,
      allowedUnsafe: [],
      logLevel: 'info',
    });
  });

  it('is frozen, so that no code changes it later', () => {
    const config = loadConfig(required);
    const { google, temporal, policy, archiveLimits } = config;
    for (const part of [config, google, temporal, policy, policy.pollEveryMs, archiveLimits]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('uses the values that are set, and counts an empty value as unset', () => {
    const config = loadConfig({
      ...required,
      PUBLIC_URL: 'https://portage.example.com//',
      PORT: '8080',
      HOST: '',
      DATABASE_URL: 'postgresql://portage@db/portage',
      DATA_DIR: '/var/lib/portage',
      GOOGLE_EMULATOR_URL: 'http://emulator:8085/',
      GOOGLE_PROJECT_NUMBER: '482910576301',
      GOOGLE_CALLS_PER_MINUTE: '1200',
      EXTRA_RESOURCES: ' photos.albums, ,keep.notes ',
      POLL_MIN: '10s',
      POLL_MAX: '1.5h',
      ARCHIVE_MAX_ENTRIES: '12',
      ARCHIVE_MAX_MEMBER_SIZE: '1.5 GiB',
      ARCHIVE_MAX_NAME_SIZE: '300',
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      publicUrl: 'https://portage.example.com',
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: 'postgresql://portage@db/portage',
      storage: { kind: 'folder', root: '/var/lib/portage/storage' },
      google: {
        redirectUri: 'https://portage.example.com/oauth/callback',
        projectNumber: '482910576301',
        emulatorUrl: 'http://emulator:8085',
        callsPerMinute: 1200,
        extraResources: ['photos.albums', 'keep.notes'],
      },
      policy: { pollEveryMs: { min: 10_000, max: 5_400_000 } },
      archiveLimits: { entries: 12, memberBytes: 1_610_612_736, nameBytes: 300 },
      logLevel: 'debug',
    });
  });

  it('takes several vault keys, the first one in front', () => {
    const config = loadConfig({ ...required, VAULT_KEYS: `new:${key(2)}, old:${key(1)}` });
    expect(config.vaultKeys.map(({ id }) => id)).toEqual(['new', 'old']);
  });
});

describe('a faulty configuration', () => {
  it('is refused with all faults at once, each on a line with its variable', () => {
    const faulty = { PORT: 'http', LOG_LEVEL: 'loud', POLL_MIN: '2h', POLL_MAX: '1h', DATABASE_URL: 'mysql://db' };
    const lines =
      /^The configuration has 7 faults:\n {2}PORT .*\n {2}DATABASE_URL .*\n {2}VAULT_KEYS .*\n {2}GOOGLE_CLIENT_ID .*\n {2}GOOGLE_CLIENT_SECRET .*\n {2}LOG_LEVEL .*\n {2}POLL_MIN .*$/;
    expect(() => loadConfig(faulty)).toThrow(ConfigError);
    expect(() => loadConfig(faulty)).toThrow(lines);
  });

  it.each([
    ['PORT', 'http', '"http" is not a port; write a whole number from 1 to 65535'],
    ['PORT', '0', '"0" is not a port; write a whole number from 1 to 65535'],
    ['PORT', '65536', '"65536" is not a port; write a whole number from 1 to 65535'],
    ['PORT', '80.5', '"80.5" is not a port; write a whole number from 1 to 65535'],
    ['PUBLIC_URL', 'portage.example.com', 'is not an http(s) URL; write for example "https://portage.example.com"'],
    ['PUBLIC_URL', 'ftp://portage.example.com', 'is not an http(s) URL; write for example'],
    ['GOOGLE_EMULATOR_URL', 'emulator', 'is not an http(s) URL; write for example'],
    ['STORAGE_URL', '/var/lib/portage', 'neither a file: nor an s3: URL; write for example "file:///var/lib/portage"'],
    ['STORAGE_URL', 's3://b/portage', 'S3 wants 3 to 63 lower-case letters'],
    ['TEMPORAL_ADDRESS', 'temporal', '"temporal" is not host:port; write for example "localhost:7233"'],
    ['TEMPORAL_ADDRESS', 'http://temporal:7233', 'is not host:port; write for example "localhost:7233"'],
    ['EXTRA_RESOURCES', 'photos.albums,Photos', 'holds a name that is not like "myactivity.search"'],
    ['GOOGLE_CALLS_PER_MINUTE', '0', '"0" is not a number of calls; write a whole number from 1 to 1000000'],
    ['GOOGLE_CALLS_PER_MINUTE', 'many', '"many" is not a number of calls; write a whole number from 1 to 1000000'],
    [
      'GOOGLE_PROJECT_NUMBER',
      'my-project',
      '"my-project" is not a project number; write the digits of "Project number"',
    ],
    ['TEMPORAL_PAYLOADS', 'plain', '"plain" is none of encrypted, readable; write one of them'],
    ['TEMPORAL_TLS', 'yes', '"yes" is neither true nor false; write one of them'],
    [
      'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
      '/nowhere/ca.pem',
      'cannot be read (ENOENT); name a file that this user can read',
    ],
    ['TEMPORAL_TLS_SERVER_CA_CERT_PATH', __filename, 'holds no certificate; name a file in PEM'],
    ['ALLOW_UNSAFE', 'emulator, everything', 'holds a name that is none of emulator, plain-http'],
    ['LOG_LEVEL', 'loud', '"loud" is none of debug, info, warn, error'],
    ['POLL_MIN', 'soon', '"soon" is not a duration; write for example "5 minutes"'],
    ['RETRY_FIRST', '-1s', '"-1s" is not a duration; write for example "5 seconds"'],
    ['DOWNLOAD_SEGMENT_SIZE', '17 MiB', '"17 MiB" is not a size from 64 KiB to 16 MiB'],
    ['DOWNLOAD_CONCURRENCY', '65', '"65" is not a whole number from 1 to 64'],
    ['RETENTION', 'soon', '"soon" is not a duration; write "never", or for example "30 days"'],
    ['RETENTION_FROM', 'start', '"start" is neither end nor delivery; write one of them'],
    ['CONNECT_LINK_TTL', '0', '"0" is not a duration; write for example "1 hour"'],
    ['CONFIRM_WITHIN', '13 hours', 'is longer than 12 hours'],
    ['FINISH_WITHIN', '1 fortnight', '"1 fortnight" is not a duration; write for example "7.5 days"'],
    ['ARCHIVE_MAX_ENTRIES', '0', '"0" is not a whole number from 1'],
    ['ARCHIVE_MAX_RATIO', 'low', '"low" is not a whole number from 1'],
    ['KMS_KEY_ARN', 'alias/portage', '"alias/portage" is not the ARN of a KMS key; write for example "arn:aws:kms:'],
    ['KMS_ENDPOINT', 'kms.example.com', '"kms.example.com" is not an http(s) URL'],
    ['ARCHIVE_MAX_TOTAL_SIZE', '2 TB', '"2 TB" is not a size; write for example "2 TiB"'],
    ['ARCHIVE_MAX_NAME_SIZE', '0', '"0" is not a size; write for example "16 KiB"'],
    ['ARCHIVE_MAX_MEMBER_SIZE', '9000000000 TiB', 'is not a size; write for example "256 GiB"'],
    ['STORE_WITHIN', '9'.repeat(200), 'is not a duration; write for example "14 days"'],
  ])('names %s with its value %s and what helps', (name, value, words) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} "`));
    expect(faults[0]).toContain(value);
    expect(faults[0]).toContain(words);
  });

  it.each([
    ['VAULT_KEYS', 'openssl rand -base64 32'],
    ['GOOGLE_CLIENT_ID', 'create an OAuth client'],
    ['GOOGLE_CLIENT_SECRET', 'console shows it'],
  ])('explains how to get %s when it is missing', (name, remedy) => {
    const [fault, ...others] = faultsOf({ [name]: '' });
    expect(others).toEqual([]);
    expect(fault).toMatch(new RegExp(`^${name} is missing; `));
    expect(fault).toContain(remedy);
  });

  it.each([
    ['too short', `k1:${Buffer.alloc(31, 7).toString('base64')}`],
    ['too long', `k1:${Buffer.alloc(33, 7).toString('base64')}`],
    ['without an id', key(7)],
    ['with an id that could end a sealed value’s prefix', `k.1:${key(7)}`],
    ['with an empty entry', `k1:${key(7)},`],
    ['in base64url', `k1:${Buffer.alloc(32, 0xfb).toString('base64url')}`],
  ])('refuses a vault key %s, without showing it', (_what, value) => {
    const faults = faultsOf({ VAULT_KEYS: value });
    expect(faults).toEqual([expect.stringContaining('is not a comma-separated list of <id>:<32 bytes in base64>')]);
    expect(faults.join()).not.toContain(value.slice(4, 20));
  });

  it('refuses two vault keys under one id, since a sealed value names only the id', () => {
    const faults = faultsOf({ VAULT_KEYS: `k1:${key(1)},k1:${key(2)}` });
    expect(faults).toEqual(['VAULT_KEYS names the same key id twice; give each key its own id']);
  });

  it('refuses half of a pair of S3 credentials', () => {
    const faults = ['S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together; set both or neither'];
    expect(faultsOf({ S3_ACCESS_KEY_ID: 'an-id' })).toEqual(faults);
    expect(faultsOf({ S3_SECRET_ACCESS_KEY: 'a-secret' })).toEqual(faults);
    const both = loadConfig({ ...required, S3_ACCESS_KEY_ID: 'an-id', S3_SECRET_ACCESS_KEY: 'a-secret' });
    expect(both.s3Credentials).toEqual({ accessKeyId: 'an-id', secretAccessKey: 'a-secret' });
  });

  it('refuses a shortest pause that is longer than the longest', () => {
    expect(faultsOf({ POLL_MIN: '61 minutes' })).toEqual(['POLL_MIN is longer than POLL_MAX; make it shorter']);
    expect(faultsOf({ POLL_MIN: '60 minutes' })).toEqual([]);
    expect(faultsOf({ HOUSEKEEPING_EVERY: '999' })).toEqual([
      'HOUSEKEEPING_EVERY is shorter than 1 second; make it longer',
    ]);
    expect(faultsOf({ RETRY_LONGEST: '4s' })).toEqual(['RETRY_FIRST is longer than RETRY_LONGEST; make it shorter']);
  });

  it('refuses memory for downloads in which hardly a segment has room', () => {
    const fault = 'DOWNLOAD_MEMORY is less than eight times DOWNLOAD_SEGMENT_SIZE; make it more';
    expect(faultsOf({ DOWNLOAD_MEMORY: '31 MiB' })).toEqual([fault]);
    expect(faultsOf({ DOWNLOAD_MEMORY: '32 MiB' })).toEqual([]);
    expect(faultsOf({ DOWNLOAD_SEGMENT_SIZE: '16 MiB', DOWNLOAD_MEMORY: '127 MiB' })).toEqual([fault]);
  });

  it('refuses an owner of the tables where there is no PostgreSQL', () => {
    const DATABASE_OWNER_URL = 'postgres://portage_owner@localhost/portage';
    expect(faultsOf({ DATABASE_OWNER_URL })).toEqual([
      'DATABASE_OWNER_URL is set without DATABASE_URL; set both, for the same database, or neither',
    ]);
    expect(faultsOf({ DATABASE_OWNER_URL, DATABASE_URL: 'postgres://portage_app@localhost/portage' })).toEqual([]);
  });

  it.each(['DATABASE_URL', 'DATABASE_OWNER_URL'])('takes no part of a password for a database: %s', (name) => {
    const urls = { DATABASE_URL: 'postgres://app@db/portage', [name]: 'postgres://app:12/secret@db/portage' };
    expect(faultsOf(urls)).toEqual([`${name} has an "@" after a "/"; write a "/" in the password as "%2F"`]);
    expect(faultsOf({ ...urls, [name]: 'postgres://app:12%2Fsecret@db/a%40b' })).toEqual([]);
  });

  it('names a variable that looks like a misspelt one, along with the other faults', () => {
    expect(faultsOf({ DATABSE_URL: 'postgres://portage:a-password@db/portage', PORT: 'http' })).toEqual([
      'PORT "http" is not a port; write a whole number from 1 to 65535',
      'DATABSE_URL is no variable of Portage; write DATABASE_URL. If it is another program’s, set DATABASE_URL as well',
    ]);
    expect(faultsOf({ POLL_MAN: '1s' })).toEqual([
      'POLL_MAN is no variable of Portage; write POLL_MIN or POLL_MAX. If it is another program’s, set POLL_MIN or POLL_MAX as well',
    ]);
  });

  it('never shows a password, a client secret or a vault key, for any values', () => {
    const secret = fc.stringMatching(/^[a-zA-Z0-9]{12,40}$/);
    fc.assert(
      fc.property(secret, (word) => {
        const faults = faultsOf({
          DATABASE_URL: `mysql://portage:${word}@db`,
          VAULT_KEYS: word,
          GOOGLE_CLIENT_SECRET: word,
          STORAGE_URL: `s3://portage:${word}@my-bucket`,
          S3_SECRET_ACCESS_KEY: word,
          PORT: 'wrong',
        });
        expect(faults).toHaveLength(5);
        expect(faults.join()).not.toContain(word);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the documents about the configuration', () => {
  const root = join(__dirname, '../..');
  const read = (name: string) => (existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : '');

  // UPDATE_DOCS=1 writes both.
  if (process.env['UPDATE_DOCS'] === '1') {
    const page = read('docs/configuration.md');
    const [before = '', after = ''] = page.split(/<!-- configuration -->[\s\S]*<!-- \/configuration -->/);
    const table = `<!-- configuration -->\n\n${configurationTable()}\n\n<!-- /configuration -->`;
    writeFileSync(join(root, 'docs/configuration.md'), before + table + after);
    writeFileSync(join(root, '.env.example'), environmentExample());
  }

  it('.env.example agrees with the schema for every variable', () => {
    expect(read('.env.example')).toBe(environmentExample());
  });

  it('docs/configuration.md agrees with the schema for every variable', () => {
    const marked = /<!-- configuration -->([\s\S]*?)<!-- \/configuration -->/.exec(read('docs/configuration.md'))?.[1];
    expect(unpadded(marked ?? 'docs/configuration.md has no table between the markers')).toBe(
      unpadded(configurationTable()),
    );
  });

  it('docker-compose.yml sets every required variable and no unknown one', () => {
    const compose = parse(read('docker-compose.yml'), { merge: true }) as ComposeFile | null;
    const services = Object.entries(compose?.services ?? {}).filter(([, service]) => isPortage(service));
    expect(services).not.toEqual([]);
    // They are empty there, so that what stands in .env for other containers does not reach Portage.
    const emptied = ['PORTAGE_DB_OWNER_PASSWORD', 'TEMPORAL_DB_PASSWORD'];
    for (const [name, service] of services) {
      const set = namesOf(service.environment).filter((variable) => !emptied.includes(variable));
      expect({ name, unknown: set.filter((variable) => !(variable in variables)) }).toEqual({ name, unknown: [] });
      if (!runsPortageItself(service)) continue;
      expect({ name, missing: requiredVariables.filter((variable) => !set.includes(variable)) }).toEqual({
        name,
        missing: [],
      });
    }
  });
});

interface ComposeService {
  build?: unknown;
  image?: string;
  command?: string | string[];
  environment?: Record<string, unknown> | string[];
}
interface ComposeFile {
  services?: Record<string, ComposeService>;
}

const isPortage = ({ build, image }: ComposeService) => build !== undefined || image?.startsWith('portage') === true;

/** The emulator stands in for Google and needs no configuration of Portage. */
const runsPortageItself = ({ command }: ComposeService) => !String(command).includes('emulator');

function namesOf(environment: ComposeService['environment']): string[] {
  if (environment === undefined) return [];
  return Array.isArray(environment) ? environment.map((line) => line.split('=')[0] ?? '') : Object.keys(environment);
}

describe('how Temporal is reached', () => {
  let folder: string;
  let files: Certificates;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portage-config-'));
    files = makeCertificates(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const pair = () => ({ TEMPORAL_TLS_CLIENT_CERT_PATH: files.client, TEMPORAL_TLS_CLIENT_KEY_PATH: files.clientKey });
  const temporalOf = (changes: Record<string, string>) => loadConfig({ ...required, ...changes }).temporal;

  it('is in the clear by default', () => {
    expect(temporalOf({}).tls).toBeUndefined();
    expect(temporalOf({ TEMPORAL_TLS: 'false' }).tls).toBeUndefined();
    expect(temporalOf({ TEMPORAL_TLS: 'true' }).tls).toEqual({});
    expect(temporalOf({ TEMPORAL_API_KEY: 'a-key' })).toMatchObject({ tls: {}, apiKey: 'a-key' });
    expect(temporalOf({ TEMPORAL_TLS_SERVER_NAME: 'temporal.test' }).tls).toEqual({ serverName: 'temporal.test' });
    expect(temporalOf(pair()).tls?.client).toEqual({
      certificate: readFileSync(files.client),
      key: readFileSync(files.clientKey),
    });
  });

  it('needs a certificate together with its own key', () => {
    const [fault] = faultsOf({ TEMPORAL_TLS_CLIENT_CERT_PATH: files.client });
    expect(fault).toContain('belong together; set both or neither');
    const [other] = faultsOf({ ...pair(), TEMPORAL_TLS_CLIENT_KEY_PATH: files.serverKey });
    expect(other).toContain('names a key that does not belong to the certificate');
    expect(faultsOf({ ...pair(), TEMPORAL_TLS_CLIENT_KEY_PATH: files.client })).toEqual([
      expect.stringContaining('holds no private key without a passphrase; name a file in PEM'),
    ]);
  });

  it('never sends a key in the clear', () => {
    expect(faultsOf({ TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: 'a-secret-key' })).toEqual([
      'TEMPORAL_API_KEY needs TLS, and TEMPORAL_TLS is "false"; unset one of them',
    ]);
    expect(faultsOf({ TEMPORAL_TLS: 'false', ...pair() })).toHaveLength(2);
  });
});
