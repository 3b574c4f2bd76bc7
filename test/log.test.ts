// Log lines name facts and ids; tokens and signed links never reach a line (docs/known-defects.md D40).
import { createHash, randomBytes, randomUUID } from 'node:crypto';

import { eq, sql } from 'drizzle-orm';
import { GaxiosError } from 'gaxios';
import { OAuth2Client } from 'google-auth-library';

import { newApiKey } from '../src/database/api-key-format';
import { newSecret } from '../src/database/random-secrets';
import { newId } from '../src/database/ids';
import { openDatabase } from '../src/database/open-database';
import { hostApps } from '../src/database/schema';
import { PortageError } from '../src/domain/error-codes';
import { createLogger, withoutSecrets, type Logger } from '../src/log';
import { newSecrets, publicKeyOf } from '../src/webhooks/sign';
import { embeddedDatabase } from './support/database';

const accessToken = 'ya29.a0AfB_byC-access-token_of.somebody';
const refreshToken = '1//0gR-refresh-token_of-somebody';
const code = '4/0AbC-authorization-code_of-somebody';
const link =
  'https://storage.googleapis.com/dataportability/part-1.zip?X-Goog-Credential=who%40example&X-Goog-Signature=0badc0ffee';
const secrets = [accessToken, refreshToken, code, '0badc0ffee', 'who%40example'];

/** The lines that a logger writes while something is logged, parsed. */
function linesOf(write: (logger: Logger) => void, level = 'debug'): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger(level, { write: (line: string) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

function expectNoSecret(lines: unknown): void {
  const text = JSON.stringify(lines);
  for (const secret of secrets) expect(text).not.toContain(secret);
}

describe('a log line', () => {
  it('is one JSON object with time, level, ids and a message', () => {
    const [line, ...others] = linesOf((logger) => logger.info({ consentId: 'con_1', parts: 2 }, 'export verified'));
    expect(others).toEqual([]);
    expect(line).toEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
      consentId: 'con_1',
      parts: 2,
      msg: 'export verified',
    });
  });

  it('is left out below the configured level', () => {
    const lines = linesOf((logger) => {
      logger.info('too little');
      logger.warn('enough');
    }, 'warn');
    expect(lines.map(({ msg }) => msg)).toEqual(['enough']);
  });
});

describe('secrets in fields', () => {
  const grant = { accessToken, refresh_token: refreshToken, authorization: `Bearer ${accessToken}` };

  it.each([
    ['at the top', { ...grant, url: link, token: refreshToken, consentId: 'con_1' }],
    ['one level down', { grant: { ...grant, urls: [link] }, consentId: 'con_1' }],
    ['three levels down', { a: { b: { c: { ...grant, client_secret: code } } }, consentId: 'con_1' }],
    ['in request headers', { request: { headers: { Authorization: accessToken, cookie: code } }, consentId: 'con_1' }],
    ['in a list', { grants: [grant, { code_verifier: code }], consentId: 'con_1' }],
    ['deeper than any list of paths', { a: { b: { c: { d: { e: { f: grant } } } } }, consentId: 'con_1' }],
    ['under an unforeseen name', { note: `Bearer ${accessToken}`, seen: [link], consentId: 'con_1' }],
  ])('%s do not reach a line, and the rest does', (_where, fields) => {
    const lines = linesOf((logger) => logger.info(fields, 'something happened'));
    expectNoSecret(lines);
    expect(lines).toMatchObject([{ consentId: 'con_1', msg: 'something happened' }]);
  });

  it('do not reach a line by way of a child logger', () => {
    const lines = linesOf((logger) => logger.child({ accessToken, seen: link }).info('something happened'));
    expectNoSecret(lines);
    expect(lines).toMatchObject([{ msg: 'something happened' }]);
  });
});

describe('secrets in words', () => {
  it.each([
    ['an access token', `refused ${accessToken} at once`, 'refused [secret] at once'],
    ['a refresh token', `sent "${refreshToken}".`, 'sent "[secret]".'],
    ['an authorization code', `code=${code}`, 'code=[secret]'],
    ['a client secret', 'client GOCSPX-a1b2C3d4_e5-f6 refused', 'client [secret] refused'],
    ['an API key', 'key ptg_Zk3vVw0q1jXyzAbCdEfGhIjKlMnOpQrStUvWxYz0123456789ab refused', 'key [secret] refused'],
    ['an earlier API key', 'key pk_Zk3vVw0q1jXyz-AbCdEfGhIjKlMnOpQrStUvWxYz012 refused', 'key [secret] refused'],
    [
      'the password of a URL',
      'no answer of postgres://portage:s3cret@db:5432/portage',
      'no answer of postgres://[secret]@db:5432/portage',
    ],
    ['a password without a name', 'redis://:s3cret@cache', 'redis://[secret]@cache'],
    ['a bearer value', 'Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [secret]'],
    ['a bearer value in lower case', 'authorization: bearer abc.def', 'authorization: Bearer [secret]'],
    [
      'the query of a link',
      `GET ${link} gave 403`,
      'GET https://storage.googleapis.com/dataportability/part-1.zip?[secret] gave 403',
    ],
    [
      'the query of a link in quotes',
      `"${link}"`,
      '"https://storage.googleapis.com/dataportability/part-1.zip?[secret]"',
    ],
  ])('%s is taken out', (_what, text, left) => {
    expect(withoutSecrets(text)).toBe(left);
    expect(linesOf((logger) => logger.info(text))).toMatchObject([{ msg: left }]);
  });

  it.each([
    'export exp_01jd of https://portage.example.com/consents/con_1 verified: 4/5 parts, 1/2 done',
    `workflow consent/${newId('con')} of ${newId('cns')}, run ${randomUUID()}, queue portage-${randomUUID()}`,
    `object ${createHash('sha256').update('a').digest('hex')} of image sha256:${'0a'.repeat(32)}`,
    'at createTheExportsOfAConsentThatWasRenewed (/app/node_modules/a-package-with-a-rather-long-name/dist/file-1.js:3:4)',
    `the public key ${publicKeyOf(newSecrets()).slice(0, 12)}, the signature v1a`,
    'PORTAGE_TEMPORAL_CLIENT_CERTIFICATE_FILE_IS_NOT_SET, see docs/configuration.md#temporal',
    'state=awaiting_confirmation, code=CONFIRMATION_CODE_WRONG',
  ])('and plain words stay: %s', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });
});

/** Every form of secret that Portage gives out or handles; a vault key and the keys that it seals are 32 bytes in base64. */
const forms: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['an API key', newApiKey],
  ['a secret of webhooks (HMAC)', () => newSecrets().hmac],
  ['a secret of webhooks (Ed25519)', () => newSecrets().ed25519],
  ['the secret of a link, a cookie, a state or a code', newSecret],
  ['a code verifier', async () => (await new OAuth2Client().generateCodeVerifierAsync()).codeVerifier],
  ['a key in base64', () => randomBytes(32).toString('base64')],
  ['an access token', () => accessToken],
  ['a refresh token', () => refreshToken],
  ['an authorization code', () => code],
  ['a client secret', () => 'GOCSPX-a1b2C3d4_e5-f6g7H8i9j0K1l2'],
  [
    'an API key of Temporal Cloud',
    () => `eyJhbGciOiJFUzI1NiJ9.eyJhY2NvdW50In0.${randomBytes(64).toString('base64url')}`,
  ],
];

describe('a secret of every form', () => {
  const places: readonly (readonly [string, (secret: string) => string])[] = [
    ['alone', (secret) => secret],
    ['in words', (secret) => `the value ${secret} was refused`],
    ['in quotes', (secret) => `{"value":"${secret}"}`],
    ['behind a name', (secret) => `Cookie: portage_browser=${secret}; a=b`],
    ['in a setting', (secret) => `VAULT_KEYS=k1:${secret},k2:x`],
    ['on a line of its own', (secret) => `the values are\n${secret}\n`],
    ['behind the # of an address', (secret) => `https://portage.example/connect#${secret}`],
    ['in a path', (secret) => `GET /connect/${secret}/start`],
  ];

  it.each(forms)('%s is in no line', async (_what, make) => {
    for (const [, text] of places) {
      const secret = await make();
      const lines = JSON.stringify(
        linesOf((logger) => {
          logger.info({ note: text(secret) }, text(secret));
          logger.error({ err: new Error(text(secret)) }, 'a step failed');
        }),
      );
      // No larger piece of it either.
      const pieces = Array.from({ length: secret.length - 11 }, (_, at) => secret.slice(at, at + 12));
      expect(pieces.filter((piece) => lines.includes(piece))).toEqual([]);
      expect(lines).toContain('[secret]');
      expect(withoutSecrets(text(secret))).not.toContain(secret.slice(-12));
    }
  });

  it.each([
    [
      'a signature without its host',
      'GET /bucket/part-1.zip?X-Goog-Signature=0badc0ffee&x=1',
      'GET /bucket/part-1.zip?X-Goog-Signature=[secret]&x=1',
    ],
    ['a session of AWS', 'X-Amz-Security-Token=IQoJb3JpZ2luX2VjE', 'X-Amz-Security-Token=[secret]'],
    ['the password of a connection', 'host=db password=s3cret user=p', 'host=db password=[secret] user=p'],
    ['a private key', 'a -----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY----- b', 'a [secret] b'],
  ])('%s is taken out', (_what, text, left) => {
    expect(withoutSecrets(text)).toBe(left);
    expect(linesOf((logger) => logger.info(text))).toMatchObject([{ msg: left }]);
  });

  it.each(['connectUrl', 'secret', 'secretAccessKey', 'session_token', 'vaultKeys'])('is in no field %s', (name) => {
    expect(linesOf((logger) => logger.info({ [name]: ['a', { b: 'c' }] }, 'x'))).toMatchObject([
      { [name]: '[secret]' },
    ]);
  });
});

describe('a logged error', () => {
  it('keeps type, code, message and stack, cleaned', () => {
    const error = new PortageError('LINK_DEAD', { detail: `download of ${link}` });
    const [line] = linesOf((logger) => logger.error({ err: error }, 'a step failed'));
    expectNoSecret(line);
    expect(line).toMatchObject({
      err: {
        type: 'PortageError',
        errorCode: 'LINK_DEAD',
        message: expect.stringContaining('part-1.zip?[secret]') as unknown,
        stack: expect.stringContaining('log.test.ts') as unknown,
      },
    });
  });

  it('shows its causes, cleaned as well', () => {
    const root = new TypeError(`fetch ${link} failed`);
    const middle = new Error(`sent Bearer ${accessToken}`, { cause: root });
    const [line] = linesOf((logger) => logger.error({ err: new PortageError('UNEXPECTED', { cause: middle }) }, 'x'));
    expectNoSecret(line);
    expect(line).toMatchObject({
      err: { cause: { type: 'Error', message: 'sent Bearer [secret]', cause: { type: 'TypeError' } } },
    });
  });

  it('of Google’s client brings nothing of the request or the answer along', () => {
    const config = {
      url: new URL(link),
      headers: new Headers({ authorization: `Bearer ${accessToken}` }),
      data: { refresh_token: refreshToken },
    };
    const response = Object.assign(new Response(), { config, data: { private: 'what somebody watched' } });
    const error = new GaxiosError(`invalid_grant: ${refreshToken}`, config, response);
    const [line] = linesOf((logger) => logger.error({ err: error }, 'a call failed'));
    expectNoSecret(line);
    expect(JSON.stringify(line)).not.toContain('what somebody watched');
    expect(Object.keys(line?.['err'] ?? {}).sort()).toEqual(['status', 'type']);
  });

  it('of a query that failed shows the query without the values', async () => {
    const database = await openDatabase(await embeddedDatabase());
    try {
      await database.db.execute(sql`drop table host_apps cascade`);
      // The value contains a special pattern of String.replace.
      const failed = database.db.select().from(hostApps).where(eq(hostApps.name, "$& Ada's app"));
      const error: unknown = await failed.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(String(error)).toContain("$& Ada's app");
      const [line] = linesOf((logger) => logger.error({ err: error }, 'a step failed'));
      expect(JSON.stringify(line)).not.toContain('Ada');
      const query = expect.stringMatching(/Failed query: select .* from "host_apps" .*\$1/) as unknown;
      expect(line).toMatchObject({
        err: { message: query, stack: query, cause: { message: expect.stringContaining('host_apps') as unknown } },
      });
    } finally {
      await database.close();
    }
  });

  it.each(['{"title": "Visited a clinic', '{"title": Visited a clinic}', 'Visited a clinic', '"Visited" a clinic'])(
    'of text that is no JSON shows nothing of it: %s',
    (text) => {
      const parsed = () => JSON.parse(text) as unknown;
      expect(parsed).toThrow(SyntaxError);
      const [line] = linesOf((logger) => {
        try {
          parsed();
        } catch (cause) {
          logger.error({ err: new Error('reading broke off', { cause }) }, 'a step failed');
        }
      });
      expect(line).toMatchObject({ err: { cause: { message: expect.stringContaining('JSON') as unknown } } });
      expect(JSON.stringify(line)).not.toMatch(/isited|clinic/);
    },
  );

  it('is cleaned also when it is logged alone or under another name', () => {
    const error = Object.assign(new Error(`sent ${accessToken}`), { config: { data: refreshToken } });
    const lines = linesOf((logger) => {
      logger.error(error);
      logger.error({ error }, 'a step failed');
      logger.error({ reason: { cause: error } }, 'a step failed');
    });
    expect(lines).toHaveLength(3);
    expectNoSecret(lines);
  });

  it.each([
    ['text', refreshToken],
    ['nothing', undefined],
    ['a number', 7],
    ['an object', { refreshToken }],
  ])('may be %s instead of an error', (_what, thrown) => {
    const lines = linesOf((logger) => logger.error({ err: thrown }, 'a step failed'));
    expectNoSecret(lines);
    expect(lines).toMatchObject([{ msg: 'a step failed' }]);
  });

  it('may have itself as its cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(linesOf((logger) => logger.error({ err: error }, 'a step failed'))).toMatchObject([
      { msg: 'a step failed' },
    ]);
  });
});
