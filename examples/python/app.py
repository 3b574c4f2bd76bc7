"""A host app without a library: connect Google through Portage, keep the records in SQLite, delete them."""
import base64, hmac, json, os, sqlite3, threading, time, urllib.error, urllib.request
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

portage, port = os.environ.get("PORTAGE_URL", "http://localhost:3000"), int(os.environ.get("PORT", "4000"))
secret = base64.b64decode(os.environ["PORTAGE_WEBHOOK_SECRET"].removeprefix("whsec_"))
resources = ["myactivity.search", "youtube.subscriptions"]
user_id = "user-1"  # Stands for your login: the user who is signed in in this browser.
database = sqlite3.connect(os.environ.get("DATABASE", "diary.sqlite"), check_same_thread=False, isolation_level=None)
database.execute("CREATE TABLE IF NOT EXISTS consents (id PRIMARY KEY, cursor DEFAULT 0, failure)")
database.execute("CREATE TABLE IF NOT EXISTS records (consent_id, key, data, PRIMARY KEY (consent_id, key))")
lock = threading.Lock()  # One request after the other: no record is stored while its user is being deleted.

def call(method, path, body=None):
    headers = {"Authorization": "Bearer " + os.environ["PORTAGE_API_KEY"], "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    return urllib.request.urlopen(urllib.request.Request(portage + path, data, headers, method=method), timeout=30)

def take_records(consent_id):
    for (cursor,) in database.execute("SELECT cursor FROM consents WHERE id = ?", [consent_id]).fetchall():
        for line in map(json.loads, call("GET", f"/v1/consents/{consent_id}/records?since={cursor}")):
            if "kind" in line:
                values = [consent_id, line["key"], json.dumps(line["data"])]
                database.execute("REPLACE INTO records VALUES (?, ?, ?)", values)
            elif "cursor" in line:
                database.execute("UPDATE consents SET cursor = ? WHERE id = ?", [line["cursor"], consent_id])
            elif "key" in line:
                database.execute("DELETE FROM records WHERE consent_id = ? AND key = ?", [consent_id, line["key"]])
            else:
                raise RuntimeError(line["error"])

def is_from_portage(headers, body):  # https://www.standardwebhooks.com; refuses what is older than five minutes
    id, sent_at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "0")
    wanted = "v1," + base64.b64encode(hmac.digest(secret, f"{id}.{sent_at}.".encode() + body, "sha256")).decode()
    signatures = headers.get("webhook-signature", "").split()
    return abs(time.time() - int(sent_at)) < 300 and any(hmac.compare_digest(wanted, each) for each in signatures)

class App(BaseHTTPRequestHandler):
    def log_message(self, *_):  # Addresses hold the code of a confirmation.
        print(self.command, urlsplit(self.path).path)

    def answer(self, status, text="", location="/"):
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if status == 303: self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        with lock:
            url = urlsplit(self.path)
            if url.path == "/connected":  # The user is that of this app's login, never one from the address.
                query = {name: values[0] for name, values in parse_qs(url.query).items()}
                path = f"/v1/connect-sessions/{query['portage_session']}/confirm"
                session = json.load(call("POST", path, {"code": query["portage_code"], "userId": user_id}))
                database.execute("INSERT OR IGNORE INTO consents (id) VALUES (?)", [session["consentId"]])
                return self.answer(303)
            rows = [escape(data) for (data,) in database.execute("SELECT data FROM records")]
            button = '<form method="post" action="/{0}"><button>{0}</button></form>'.format
            failures = database.execute("SELECT failure FROM consents WHERE failure IS NOT NULL")
            notes = "".join(f"<p>An import failed: {escape(failure)}</p>" for (failure,) in failures)
            records = f"{notes}<p>{len(rows)} records</p><pre>" + "\n".join(rows[:50])
            self.answer(200, "<h1>Diary</h1>" + button("connect") + button("delete") + records)

    def do_POST(self):
        with lock:
            body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 65536))
            if self.path == "/webhooks":
                if not is_from_portage(self.headers, body): return self.answer(400)
                event = json.loads(body)
                # A failure here is no 2xx, so Portage sends the event again. One that comes twice finds nothing new.
                if event["type"] == "export.failed":
                    failure = [event["data"]["reason"], event["data"]["consentId"]]
                    database.execute("UPDATE consents SET failure = ? WHERE id = ?", failure)
                elif event["type"].startswith("export."): take_records(event["data"]["consentId"])
                self.answer(204)
            elif self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"): self.answer(403)
            elif self.path == "/connect":
                return_url = f"http://localhost:{port}/connected"
                request = {"userId": user_id, "resources": resources, "returnUrl": return_url}
                self.answer(303, location=json.load(call("POST", "/v1/connect-sessions", request))["connectUrl"])
            elif self.path == "/delete":
                try: call("DELETE", f"/v1/users/{user_id}")
                except urllib.error.HTTPError as error:
                    if error.code != 404: raise  # 404: nothing of the user is left at Portage.
                database.executescript("DELETE FROM records; DELETE FROM consents;")
                self.answer(303)

ThreadingHTTPServer(("127.0.0.1", port), App).serve_forever()
