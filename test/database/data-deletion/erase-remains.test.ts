// No file of the database contains deleted data any more, whether the database is closed or open.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { eq, sql } from 'drizzle-orm';

import { createDataDeletionStore } from '../../../src/database/data-deletion';
import { createDataKeys } from '../../../src/database/data-keys';
import type { OpenDatabase } from '../../../src/database/database';
import { openDatabase } from '../../../src/database/open-database';
import { connectSessions, consents, dataKeys, events, tokens } from '../../../src/database/schema';
import { embeddedDatabase } from '../../support/database';
import { filesBelow } from '../../support/files-below';
import { freePort } from '../../support/free-port';
import { longIt } from '../../support/long';
import { makePostgresFolder, postgresUrl } from '../../support/postgres-server';
import { at, auditOf, createStage, later } from '../databases';

/** A part of a file that vanished while it was looked for is not there. */
const contains = (file: string, text: string): boolean => {
  try {
    return readFileSync(file).includes(text);
  } catch {
    return false;
  }
};
const filesWith = (folder: string, texts: readonly string[]) =>
  texts.map((text) => filesBelow(folder).filter((file) => contains(file, text)).length);

const person = {
  userId: 'the-canary-id-of-a-user',
  userLabel: 'c…@canary.example',
  returnUrl: 'https://app.example.com/done?of=the-canary-address',
} as const;

/**
 * Stores a user's data in a session, a consent and its events, ends and deletes the consent, and looks for it in the
 * files at each step.
 */
async function storeAndDeleteUser({ db }: OpenDatabase, folder: string): Promise<readonly string[]> {
  const stage = createStage(db);
  const store = createDataDeletionStore(db, auditOf(db));
  const values = Object.values(person);
  const session = await stage.session(person);
  const consentId = await stage.consent({ session });
  await stage.consents.setPaused(consentId, true, at);
  await stage.session({ ...person, hostAppId: session.hostAppId, renewsConsentId: consentId });
  await stage.connectSessions.endDead(later(161), 100);
  await db.execute(sql`checkpoint`);
  for (const count of filesWith(folder, values)) expect(count).toBeGreaterThan(0);

  await stage.consents.end(consentId, 'deleted', undefined, later(200));
  await store.beginConsent(consentId, later(200));
  await store.concludeConsent(consentId, later(200));
  const [consent] = await db.select().from(consents).where(eq(consents.id, consentId));
  expect(consent).toMatchObject({ state: 'deleted', userId: null, userForgottenAt: later(200) });
  const everything = JSON.stringify([await db.select().from(connectSessions), await db.select().from(events)]);
  for (const value of values) expect(everything).not.toContain(value);
  expect(everything).toContain('data.deleted');

  expect(await store.eraseRemains(later(200))).toEqual({
    rewritten: ['data_keys', 'export_keys', 'tokens', 'connect_sessions', 'consents', 'events'],
    notPermitted: [],
    log: 'none',
  });
  expect(filesWith(folder, values)).toEqual([0, 0, 0]);
  return values;
}

/** Stores a sealed key, a token and a code verifier, deletes them, and looks for them in the files at each step. */
async function readSecrets({ db }: OpenDatabase, folder: string): Promise<readonly string[]> {
  const stage = createStage(db);
  const session = await stage.session();
  await db.update(connectSessions).set({ sealedCodeVerifier: 'k1.code-verifier-that-is-sealed' });
  const consentId = await stage.consent({ session });
  await createDataKeys(db, stage.vault, stage.audit).create(consentId, at);
  const [token] = await db.select().from(tokens);
  const [dataKey] = await db.select().from(dataKeys);
  const secrets = [
    token?.sealedAccessToken ?? '',
    token?.sealedRefreshToken ?? '',
    dataKey?.sealedKey ?? '',
    'k1.code-verifier-that-is-sealed',
  ];
  for (const secret of secrets) expect(secret.length).toBeGreaterThan(20);
  await db.execute(sql`checkpoint`);
  // A page of the log may end within a secret. After a checkpoint, a change writes the whole page of a table again.
  await db.execute(sql`update tokens set consent_id = consent_id`);
  await db.execute(sql`update data_keys set consent_id = consent_id`);
  await db.execute(sql`update connect_sessions set id = id`);
  await db.execute(sql`checkpoint`);
  for (const count of filesWith(folder, secrets)) expect(count).toBeGreaterThanOrEqual(2);

  const store = createDataDeletionStore(db, stage.audit);
  await createDataKeys(db, stage.vault, stage.audit).destroy(consentId, later(1));
  await db.delete(tokens);
  await db.update(connectSessions).set({ sealedCodeVerifier: null });
  // The reason for this: a usual VACUUM leaves them where they are.
  for (const table of ['data_keys', 'tokens', 'connect_sessions']) await db.execute(sql.raw(`vacuum ${table}`));
  await db.execute(sql`checkpoint`);
  expect(Math.max(...filesWith(folder, secrets))).toBeGreaterThan(0);

  const erased = await store.eraseRemains(later(2));
  expect(erased).toEqual({
    rewritten: ['data_keys', 'export_keys', 'tokens', 'connect_sessions'],
    notPermitted: [],
    log: 'none',
  });
  expect(filesWith(folder, secrets)).toEqual([0, 0, 0, 0]);
  // Nothing was deleted since, and a deletion within the hour waits.
  expect(await store.eraseRemains(later(90))).toBeUndefined();
  const other = await stage.consent();
  await createDataKeys(db, stage.vault, stage.audit).create(other, later(91));
  await createDataKeys(db, stage.vault, stage.audit).destroy(other, later(91));
  expect(await store.eraseRemains(later(61))).toBeUndefined();
  expect(await store.eraseRemains(later(92), { atOnce: true })).toMatchObject({ log: 'none' });
  return secrets;
}

describe('the remains of deleted rows', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'portage-remains-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  longIt('D68: are in no file of PGlite', async () => {
    const database = await openDatabase({ ...(await embeddedDatabase()), folder });
    const secrets = await readSecrets(database, folder).finally(() => database.close());
    expect(filesWith(folder, secrets)).toEqual([0, 0, 0, 0]);
  });

  longIt('of a deleted consent name no user in a file of PGlite', async () => {
    const database = await openDatabase({ ...(await embeddedDatabase()), folder });
    const values = await storeAndDeleteUser(database, folder).finally(() => database.close());
    expect(filesWith(folder, values)).toEqual([0, 0, 0]);
  });

  it('D68: are in no file of PostgreSQL, and a missing right to erase is reported', async () => {
    const server = await makePostgresFolder();
    if ('missing' in server) {
      process.stderr.write(`This runs on PGlite only. ${server.missing}\n`);
      return;
    }
    const port = await freePort();
    const running = await server.launch(port);
    try {
      const data = join(dirname(server.logFile), 'run', 'data');
      const database = await openDatabase({ url: postgresUrl(port) });
      await database.migrate();
      await readSecrets(database, data);
      await storeAndDeleteUser(database, data);
      await database.db.execute(sql`create role limited login`);
      await database.db.execute(sql`grant select, insert, update, delete on all tables in schema public to limited`);
      await database.db.execute(sql`alter table tokens owner to limited`);
      await database.db.execute(sql`delete from erasures`);
      await database.close();

      const url = new URL(postgresUrl(port));
      url.username = 'limited';
      const limited = await openDatabase({ url: url.href });
      const erased = await createDataDeletionStore(limited.db, auditOf(limited.db)).eraseRemains(later(300));
      await limited.close();
      expect(erased).toEqual({
        rewritten: ['tokens'],
        notPermitted: ['data_keys', 'export_keys', 'connect_sessions', 'consents', 'events'],
        log: 'not_permitted',
      });
    } finally {
      await running.stop();
      await server.remove();
    }
  });
});
