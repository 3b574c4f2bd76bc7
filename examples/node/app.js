// A host app in one file: its user connects Google through Portage, it keeps the records in SQLite, and deletes them.
// It needs PORTAGE_API_KEY (scopes connect, read and manage) and PORTAGE_WEBHOOK_SECRET; see docs/quick-start.md.
import { rmSync } from 'node:fs';

import express from 'express';
import sqlite from 'node-sqlite3-wasm';
import { Portage, PortageApiError, verifyWebhook, WebhookVerificationError } from '@portage-import/client';

const { PORTAGE_URL = 'http://localhost:3000', PORTAGE_API_KEY = '', PORTAGE_WEBHOOK_SECRET = '' } = process.env;
const { PORT = '4000', DATABASE = 'diary.sqlite' } = process.env;
const ownUrl = `http://localhost:${PORT}`;
const resources = ['myactivity.search', 'youtube.subscriptions'];
const portage = new Portage({ url: PORTAGE_URL, apiKey: PORTAGE_API_KEY });

// A killed run leaves its lock behind.
rmSync(`${DATABASE}.lock`, { recursive: true, force: true });
const database = new sqlite.Database(DATABASE);
database.exec(`
  CREATE TABLE IF NOT EXISTS consents (id TEXT PRIMARY KEY, user_id TEXT, cursor INTEGER DEFAULT 0,
    due INTEGER DEFAULT 1, failure TEXT);
  CREATE TABLE IF NOT EXISTS records (consent_id TEXT, key TEXT, kind TEXT, occurred_at TEXT, data TEXT,
    PRIMARY KEY (consent_id, key))`);

/** Stands for your login: the id of the user who is signed in in this browser. */
const signedInUser = () => 'user-1';

/** Stores some lines of a stream together, with the cursor that is among them. */
function store(consentId, lines) {
  database.exec('BEGIN');
  for (const line of lines) {
    if ('kind' in line) {
      const values = [consentId, line.key, line.kind, line.occurredAt ?? null, JSON.stringify(line.data)];
      database.run('INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?)', values);
    } else if ('cursor' in line) {
      database.run('UPDATE consents SET cursor = ? WHERE id = ?', [line.cursor, consentId]);
    } else if ('key' in line) {
      database.run('DELETE FROM records WHERE consent_id = ? AND key = ?', [consentId, line.key]);
    }
  }
  database.exec('COMMIT');
}

/** Fetches the records after the stored cursor. When it fails midway, the next run stores the same lines again. */
async function takeRecords({ id, cursor }) {
  let lines = [];
  for await (const line of portage.listConsentRecords({ id, since: cursor })) {
    lines.push(line);
    if (lines.length >= 500 || 'cursor' in line) store(id, lines.splice(0));
  }
}

/** One after the other, so that no record is stored while its user is being deleted. */
let work = Promise.resolve();
const inTurn = (step) => (work = work.catch(() => undefined).then(step));

const takeWhatIsDue = () =>
  inTurn(async () => {
    for (const row of database.all('SELECT id, cursor, due FROM consents WHERE due > 0')) {
      try {
        await takeRecords(row);
        // An event that came meanwhile has raised the number, and leaves it above 0.
        database.run('UPDATE consents SET due = due - ? WHERE id = ?', [row.due, row.id]);
      } catch (error) {
        // Portage has deleted the data, so they never come.
        if (error.code === 'DATA_DELETED') database.run('UPDATE consents SET due = 0 WHERE id = ?', [row.id]);
        else console.error(`The records of ${row.id} are taken later: ${error.message}`);
      }
    }
  });

const app = express();

app.get('/', (_request, response) => {
  const rows = database.all(
    `SELECT kind, occurred_at, data FROM records JOIN consents ON consents.id = consent_id
      WHERE user_id = ? ORDER BY occurred_at DESC`,
    [signedInUser()],
  );
  const failures = database.all('SELECT failure FROM consents WHERE failure IS NOT NULL');
  // Records are other people's text: everything is escaped.
  const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const items = rows.slice(0, 50).map((row) => {
    const { title, name } = JSON.parse(row.data);
    return `<li>${escape(`${row.occurred_at?.slice(0, 10) ?? ''} ${title ?? name ?? row.data.slice(0, 100)}`)}</li>`;
  });
  response.send(`<!doctype html><meta charset="utf-8"><title>Diary</title><h1>Diary</h1>
    <form method="post" action="/connect"><button>Connect Google</button></form>
    <form method="post" action="/delete"><button>Delete my data</button></form>
    ${failures.map(({ failure }) => `<p>An import failed: ${escape(failure)}</p>`).join('')}
    <p>${rows.length} records</p><ul>${items.join('')}</ul>`);
});

app.post(['/connect', '/delete'], (request, response, next) => {
  // Another site must not press these buttons.
  if (['cross-site', 'same-site'].includes(request.get('sec-fetch-site') ?? '')) response.sendStatus(403);
  else next();
});

app.post('/connect', async (_request, response) => {
  const session = { userId: signedInUser(), resources, returnUrl: `${ownUrl}/connected` };
  const { connectUrl } = await portage.createConnectSession(session);
  response.redirect(303, connectUrl);
});

// The browser comes back from Google. The user is that of this app's own login, never one from the address.
app.get('/connected', async (request, response) => {
  const { portage_session: id = '', portage_code: code = '' } = request.query;
  const { consentId } = await portage.confirmConnectSession({ id, code, userId: signedInUser() });
  database.run('INSERT OR IGNORE INTO consents (id, user_id) VALUES (?, ?)', [consentId, signedInUser()]);
  response.redirect(303, '/');
  await takeWhatIsDue();
});

app.post('/webhooks', express.raw({ type: () => true, limit: '64kb' }), (request, response) => {
  const { type, data } = verifyWebhook(PORTAGE_WEBHOOK_SECRET, request.body, request.headers);
  const { reason = null, consentId } = type === 'export.failed' ? data : {};
  if (reason !== null) database.run('UPDATE consents SET failure = ? WHERE id = ?', [reason, consentId]);
  if (type.startsWith('export.') || type === 'records.available') {
    // The same event may come twice. That does no harm: then there are no new records after the cursor.
    database.run('UPDATE consents SET due = due + 1 WHERE id = ?', [data.consentId]);
    void takeWhatIsDue();
  }
  response.sendStatus(204);
});

app.post('/delete', async (_request, response) => {
  const userId = signedInUser();
  await inTurn(async () => {
    await portage.deleteUser({ userId }).catch((error) => {
      // Portage has nothing more of the user.
      if (error.code !== 'USER_UNKNOWN') throw error;
    });
    database.run('DELETE FROM records WHERE consent_id IN (SELECT id FROM consents WHERE user_id = ?)', [userId]);
    database.run('DELETE FROM consents WHERE user_id = ?', [userId]);
  });
  response.redirect(303, '/');
});

app.use((error, _request, response, next) => {
  console.error(error.message, error.remedy ?? '');
  if (response.headersSent) return next(error);
  const isForged = error instanceof WebhookVerificationError;
  const isRefused = error instanceof PortageApiError && error.status < 500;
  response.status(isForged || isRefused ? 400 : 502).send('That did not work. Please try again.');
});

app.listen(Number(PORT), '127.0.0.1', () => console.log(`The diary runs at ${ownUrl}`));
// Consents that were due when an earlier run ended, or whose records could not be fetched.
void takeWhatIsDue();
setInterval(takeWhatIsDue, 60_000);
