import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';

import { Connection } from '@temporalio/client';
import { parse } from 'yaml';

import { findUnsafe, loadConfig, variables, type VariableName } from '../../src/config';
import { findTemporal } from '../../src/dev/temporal-server';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { cacheDir } from '../support/cache-dir';
import '../support/built';
import { variableDocuments } from '../support/configuration-table';
import { shared } from '../support/shared';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');

type Condition = 'service_healthy' | 'service_completed_successfully' | 'service_started';
interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly { readonly path: string; readonly required: boolean }[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: unknown;
  readonly depends_on?: Readonly<Record<string, { readonly condition: Condition }>>;
}
const compose = parse(text, { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
};
const services = Object.entries(compose.services);
const mounts = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));

/** Every service that has to be healthy or done before this one starts. */
function before(name: string): readonly string[] {
  const direct = Object.keys(compose.services[name]?.depends_on ?? {});
  return [...new Set([...direct, ...direct.flatMap(before)])].sort();
}

/** The numbers of Temporal's types (temporal.api.enums.v1.IndexedValueType). */
const typeNumbers = { Keyword: 2, Datetime: 6 } as const;

describe('docker-compose.yml', () => {
  it('starts every service after its dependencies', () => {
    const database = ['portage-db', 'portage-migrate'];
    const temporal = ['temporal', 'temporal-db', 'temporal-schema'];
    expect(before('portage-server')).toEqual(database);
    expect(before('portage-worker')).toEqual([...database, ...temporal, 'temporal-namespace'].sort());
    expect(before('temporal-ui')).toEqual(temporal);
  });

  it('waits for a healthy service only with a health check, and for a job’s end only where it ends', () => {
    for (const [name, { depends_on = {} }] of services) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        const service = compose.services[needed];
        expect({ name, needed, known: service !== undefined }).toEqual({ name, needed, known: true });
        if (condition === 'service_healthy') expect(service).toHaveProperty('healthcheck');
        else expect({ needed, restart: service?.restart }).toEqual({ needed, restart: 'on-failure' });
      }
    }
  });

  it('mounts declared volumes and existing folders, with the files that are run', () => {
    for (const mount of mounts) {
      const known = mount.startsWith('./') ? existsSync(join(root, mount)) : mount in compose.volumes;
      expect({ mount, known }).toEqual({ mount, known: true });
    }
    const named = text.match(/\/deploy\/[\w-]+\.\w+/g) ?? [];
    expect(named).toHaveLength(3);
    for (const file of named)
      expect(existsSync(join(root, 'deploy', 'temporal', file.slice('/deploy/'.length)))).toBe(true);
  });

  it('keeps databases and archives in named volumes, so that a consent survives a new container', () => {
    expect(mounts).toEqual(expect.arrayContaining(['portage-db', 'portage-data', 'temporal-db']));
    expect(compose.services['portage-db']?.environment?.['POSTGRES_USER']).not.toBe(
      compose.services['temporal-db']?.environment?.['POSTGRES_USER'],
    );
  });

  it('opens ports on the loopback address only, and Temporal’s and the databases’ not at all', () => {
    const open = services.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
    expect(open).toEqual([
      ['portage-server', '127.0.0.1:3000:3000'],
      ['temporal-ui', '127.0.0.1:8080:8080'],
    ]);
  });

  it('lets each service reach its dependencies, and the databases and Temporal no further', () => {
    const membersOf = (network: string) =>
      services.filter(([, { networks = [] }]) => networks.includes(network)).map(([name]) => name);
    expect(membersOf('outside')).toEqual(['portage-server', 'portage-worker', 'temporal-ui']);
    expect(membersOf('portage-database')).toEqual([
      'portage-db',
      'portage-migrate',
      'portage-server',
      'portage-worker',
    ]);
    expect(membersOf('temporal-database')).toEqual(['temporal-db', 'temporal-schema', 'temporal']);
    for (const [name, { depends_on = {}, networks = [] }] of services) {
      expect({ name, networks: networks.length }).not.toEqual({ name, networks: 0 });
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        // The end of a job is waited for without talking to it.
        if (condition === 'service_completed_successfully') continue;
        const shared = networks.filter((network) => compose.services[needed]?.networks?.includes(network));
        expect({ name, needed, shared: shared.length > 0 }).toEqual({ name, needed, shared: true });
      }
    }
    const closed = Object.entries(compose.networks).filter(([, network]) => network.internal === true);
    expect(closed.map(([name]) => name)).toEqual(['portage-database', 'temporal', 'temporal-database']);
  });

  it('gives Portage’s containers no capability, no new rights and nothing to write to but their volumes', () => {
    const own = services.filter(([, { image = '' }]) => image.startsWith('portage'));
    expect(own).toHaveLength(3);
    for (const [, service] of own) {
      expect(service).toMatchObject({
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        read_only: true,
        tmpfs: ['/tmp'],
      });
    }
    for (const [name, { security_opt = [] }] of services.filter(
      ([, { image = '' }]) => !image.includes('admin-tools'),
    )) {
      expect({ name, security_opt }).toEqual({ name, security_opt: ['no-new-privileges:true'] });
    }
  });

  it('holds no secret: every password and key is asked for, or left out', () => {
    // Variables of some installations only, such as the key of an S3 bucket, may be empty.
    const isAsked = (value: string) => value === '' || /\$\{\w+:(\?[^}]+|-)\}/.test(value);
    const secrets = services.flatMap(([name, { environment = {} }]) =>
      Object.entries(environment)
        .filter(([variable]) => /PASSWORD|PWD|SECRET|KEYS|DATABASE_URL/.test(variable))
        .map(([variable, value]) => ({ name, variable, asked: isAsked(value) })),
    );
    expect(secrets.length).toBeGreaterThanOrEqual(7);
    expect(secrets.filter(({ asked }) => !asked)).toEqual([]);
  });

  it('runs subcommands that the executable has', () => {
    const help = execFileSync(process.execPath, [join(root, 'dist', 'main.js'), '--help'], {
      // In a folder without a file .env, unlike a developer's checkout.
      cwd: join(root, 'dist'),
      encoding: 'utf8',
    });
    const commands = services.flatMap(([, { image = '', command = [] }]) =>
      image.startsWith('portage') ? [command[0] ?? ''] : [],
    );
    expect(commands.sort()).toEqual(['migrate', 'server', 'worker']);
    for (const command of commands) expect(help).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  });

  describe('gives Portage', () => {
    /** A value other than the default for every variable, as a developer may set them to run without containers. */
    const dotEnv: Readonly<Record<VariableName, string>> = {
      ...(Object.fromEntries(variableDocuments.map(({ name, fallback }) => [name, fallback ?? ''])) as Record<
        VariableName,
        string
      >),
      PUBLIC_URL: 'https://portage.example.com',
      HOST: '192.0.2.1',
      PORT: '8080',
      DATABASE_URL: 'postgres://elsewhere/portage',
      DATABASE_OWNER_URL: 'postgres://owner@elsewhere/portage',
      DATA_DIR: '/elsewhere',
      STORAGE_URL: 's3://my-bucket/portage?region=eu-central-1',
      S3_ACCESS_KEY_ID: 'an-id',
      S3_SECRET_ACCESS_KEY: 'a-secret',
      VAULT_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      KMS_KEY_ARN: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd',
      KMS_ENDPOINT: 'http://kms:4000',
      GOOGLE_CLIENT_ID: 'a-client',
      GOOGLE_CLIENT_SECRET: 'a-client-secret',
      GOOGLE_PROJECT_NUMBER: '482910576301',
      GOOGLE_EMULATOR_URL: 'http://emulator:3200',
      EXTRA_RESOURCES: 'photos.albums',
      TEMPORAL_ADDRESS: 'elsewhere:7233',
      TEMPORAL_NAMESPACE: 'elsewhere',
      RETENTION: '30 days',
      LOG_LEVEL: 'debug',
    };
    const own = services.filter(([, { image = '' }]) => image.startsWith('portage'));
    /** Those that the containers set: the places of other services and of files. */
    const fixed = {
      HOST: '0.0.0.0',
      PORT: '3000',
      DATABASE_URL: 'postgres://portage_app:a-password@portage-db:5432/portage',
      ALLOW_UNSAFE: 'database-without-tls,',
      DATA_DIR: '/data',
      TEMPORAL_ADDRESS: 'temporal:7233',
      TEMPORAL_NAMESPACE: 'portage',
    };

    /** As Compose does it: the files first, then `environment`, with `${NAME:?…}` and `${NAME:-…}` filled in. */
    function environmentOf(service: Service, file: Readonly<Record<string, string>>): Record<string, string> {
      const filled = (value: string) =>
        value.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind?: string, other = '') => {
          const set = file[name] ?? '';
          if (set === '' && kind === '?') throw new Error(`${name}: ${String(other)}`);
          return set === '' && kind === '-' ? String(other) : set;
        });
      const entries = Object.entries(service.environment ?? {}).map(([name, value]) => [name, filled(value)]);
      const reads = service.env_file?.some(({ path }) => path === '.env') === true;
      return { ...(reads ? file : {}), ...(Object.fromEntries(entries) as Record<string, string>) };
    }

    const passwords = {
      PORTAGE_DB_PASSWORD: 'a-password',
      PORTAGE_DB_OWNER_PASSWORD: 'an-owner-password',
      TEMPORAL_DB_PASSWORD: 'another',
    };
    const ownerUrlOf = (name: string) =>
      name === 'portage-migrate' ? 'postgres://portage_owner:an-owner-password@portage-db:5432/portage' : '';

    it('every variable that is set in .env, save those that the containers decide', () => {
      expect(own.map(([name]) => name)).toEqual(['portage-migrate', 'portage-server', 'portage-worker']);
      for (const [name, service] of own) {
        const environment = environmentOf(service, { ...dotEnv, ...passwords });
        const DATABASE_OWNER_URL = ownerUrlOf(name);
        expect({ name, ...environment }).toMatchObject({ name, ...dotEnv, ...fixed, DATABASE_OWNER_URL });
        expect(Object.keys(environment)).toEqual(expect.arrayContaining(Object.keys(variables)));
        const { databaseUrl, dataDir, logLevel, retention } = loadConfig(environment);
        expect([databaseUrl, dataDir, logLevel, retention?.afterMs]).toEqual([
          fixed.DATABASE_URL,
          '/data',
          'debug',
          2_592_000_000,
        ]);
      }
    });

    it('gives the owner of the tables to the migration only', () => {
      for (const [name, service] of own) {
        const environment = environmentOf(service, { ...dotEnv, ...passwords });
        const seen = Object.entries(environment).filter(([, value]) => /an-owner-password|^another$/.test(value));
        const expected = name === 'portage-migrate' ? [['DATABASE_OWNER_URL', ownerUrlOf(name)]] : [];
        expect([name, seen]).toEqual([name, expected]);
      }
      const { environment, volumes } = compose.services['portage-db'] ?? {};
      expect(Object.keys(environment ?? {})).toEqual(
        expect.arrayContaining(['PORTAGE_DB_OWNER_PASSWORD', 'PORTAGE_DB_PASSWORD', 'POSTGRES_PASSWORD']),
      );
      // What the image of this version runs, and where it keeps its data.
      expect(volumes).toEqual(['portage-db:/var/lib/postgresql', './deploy/database:/docker-entrypoint-initdb.d:ro']);
      expect(readdirSync(join(root, 'deploy', 'database'))).toEqual(['roles.sql', 'superuser.sql']);
    });

    it('its defaults where .env is .env.example, filled in', () => {
      const { PUBLIC_URL, VAULT_KEYS, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = dotEnv;
      const example = parseEnv(readFileSync(join(root, '.env.example'), 'utf8')) as Record<string, string>;
      const filled = { ...example, PUBLIC_URL, VAULT_KEYS, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, ...passwords };
      for (const [, service] of own) {
        const config = loadConfig(environmentOf(service, filled));
        expect(config.storage).toEqual({ kind: 'folder', root: '/data/storage' });
        expect(config.temporal.address).toBe('temporal:7233');
        // The key of this test is weak; the settings of the containers are allowed.
        const refused = [...findUnsafe(config).keys()].filter((name) => !config.allowedUnsafe.includes(name));
        expect(refused).toEqual(['weak-vault-key']);
        expect(() => environmentOf(service, example)).toThrow(
          /^(PUBLIC_URL|PORTAGE_DB_PASSWORD|PORTAGE_DB_OWNER_PASSWORD|VAULT_KEYS): /,
        );
      }
    });

    it('a name misspelt in .env is reported, in the words of the configuration', () => {
      const file = { ...dotEnv, RETENTION: '', RETENTON: '30 days', ...passwords };
      for (const [, service] of own) {
        expect(() => loadConfig(environmentOf(service, file))).toThrow('RETENTON is no variable of Portage');
      }
    });
  });

  it('puts the server and the worker into the namespace that the job makes', () => {
    const namespaces = ['portage-server', 'portage-worker', 'temporal-namespace'].map(
      (name) => compose.services[name]?.environment?.['TEMPORAL_NAMESPACE'],
    );
    expect(new Set(namespaces)).toEqual(new Set(['portage']));
  });
});

describe('The scripts for deployment', () => {
  it.each([
    ['bash', '.ci/run'],
    ['sh', 'deploy/temporal/setup-postgres.sh'],
    ['sh', 'deploy/temporal/create-namespace.sh'],
    ['sh', 'tools/temporal-test-server/start.sh'],
  ])('%s can read %s, and it may be executed', (shell, script) => {
    execFileSync(shell, ['-n', join(root, script)], { stdio: 'pipe' });
    expect(statSync(join(root, script)).mode & 0o111).not.toBe(0);
  });

  it('create-namespace.sh makes exactly the search attributes that the workflows set, however often it runs', async () => {
    const { address } = await shared('temporal');
    const toolDir = join(root, 'tools', 'temporal');
    const temporal = await findTemporal({ path: process.env['PATH'], cacheDir, toolDir, report: () => undefined });
    const namespace = `deploy-${randomUUID()}`;
    const env = {
      HOME: homedir(),
      PATH: `${dirname(temporal)}:${process.env['PATH'] ?? ''}`,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      TEMPORAL_RETENTION: '240h',
    };
    const run = () =>
      new Promise<string>((resolve, reject) => {
        execFile(join(root, 'deploy/temporal/create-namespace.sh'), { env }, (error, stdout, stderr) => {
          if (error === null) resolve(stdout);
          else reject(new Error(stderr, { cause: error }));
        });
      });
    expect(await run()).toContain('created');
    expect(await run()).not.toContain('created');

    const connection = await Connection.connect({ address });
    try {
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      const wanted = Object.entries(searchAttributes).map(([name, type]) => [name, typeNumbers[type]]);
      // The development server adds none of its own to a new namespace.
      expect(customAttributes).toEqual(Object.fromEntries(wanted));
      const { config } = await connection.workflowService.describeNamespace({ namespace });
      expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(240 * 3600);
    } finally {
      await connection.close();
    }
  });
});

describe('The Dockerfile', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const admitted = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));

  it('copies only existing files that .dockerignore allows', () => {
    const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, line = '']) =>
      line.split(' ').slice(0, -1),
    );
    expect(copies).toContain('src');
    for (const source of copies) {
      expect(admitted).toContain(source);
      expect(existsSync(join(root, source.replace(/\/\*.*$/, '')))).toBe(true);
    }
  });

  it('does not run as root, and starts the executable', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^ENTRYPOINT \["portage"\]$/m);
  });

  it('leaves out the emulator and the development set-up, and every other command loads without them', () => {
    const image = mkdtempSync(join(tmpdir(), 'portage-test-image-'));
    try {
      cpSync(join(root, 'dist'), join(image, 'dist'), { recursive: true });
      for (const name of ['node_modules', 'migrations', 'public']) symlinkSync(join(root, name), join(image, name));
      const removal = /&& (rm -r dist\/.+)$/m.exec(dockerfile)?.[1] ?? '';
      execFileSync('sh', ['-c', removal], { cwd: image });
      const left = readdirSync(join(image, 'dist'), { recursive: true, encoding: 'utf8' });
      expect(left.filter((path) => /(^|\/)(dev|emulator)(\/|\.|$)/.test(path))).toEqual([]);
      // `--help` without a name loads every command.
      const help = execFileSync(process.execPath, [join(image, 'dist', 'main.js'), '--help'], { encoding: 'utf8' });
      const names = [...help.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name);
      expect(names).toEqual(expect.arrayContaining(['server', 'worker', 'migrate', 'records', 'verify']));
      expect(names).not.toContain('dev');
      expect(names).not.toContain('emulator');
    } finally {
      rmSync(image, { recursive: true, force: true });
    }
  });
});
