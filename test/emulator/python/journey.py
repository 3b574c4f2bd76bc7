"""Drives the emulator with Google's Python client, unchanged: consent, all six methods, download."""
import json
import sys
import urllib.request
import zipfile
from io import BytesIO

from google.api_core.client_options import ClientOptions
from google_auth_oauthlib.flow import Flow
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

base, client_id, client_secret, redirect_uri = sys.argv[1:]
resource = "myactivity.search"
scope = "https://www.googleapis.com/auth/dataportability." + resource


def control(path, body):
    request = urllib.request.Request(
        base + "/_emulator/" + path, json.dumps(body).encode(), {"content-type": "application/json"}
    )
    return json.load(urllib.request.urlopen(request))


class StopAtRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def location_of(url):
    try:
        urllib.request.build_opener(StopAtRedirect).open(url)
    except urllib.error.HTTPError as answer:
        return answer.headers["location"]
    raise AssertionError("no redirect")


config = {
    "web": {
        "client_id": client_id,
        "client_secret": client_secret,
        "auth_uri": base + "/o/oauth2/v2/auth",
        "token_uri": base + "/token",
        "redirect_uris": [redirect_uri],
    }
}
flow = Flow.from_client_config(config, scopes=[scope], redirect_uri=redirect_uri, autogenerate_code_verifier=True)
url, _state = flow.authorization_url(access_type="offline", prompt="consent")
control("consent", {"next": {"access": "30d"}})
flow.fetch_token(authorization_response=location_of(url))

options = ClientOptions(api_endpoint=base)
api = build("dataportability", "v1", credentials=flow.credentials, client_options=options, static_discovery=True)

access = api.accessType().check(body={}).execute()
control("jobs", {"failNext": 1})
first = api.portabilityArchive().initiate(body={"resources": [resource]}).execute()
control("clock", {"advanceMs": 1_200_000})
retried = api.archiveJobs().retry(name="archiveJobs/" + first["archiveJobId"], body={}).execute()
control("clock", {"advanceMs": 1_200_000})
state = (
    api.archiveJobs()
    .getPortabilityArchiveState(name="archiveJobs/" + retried["archiveJobId"] + "/portabilityArchiveState")
    .execute()
)
names = []
for link in state["urls"]:
    names += zipfile.ZipFile(BytesIO(urllib.request.urlopen(link).read())).namelist()
try:
    api.archiveJobs().cancel(name="archiveJobs/" + retried["archiveJobId"], body={}).execute()
    cancelled = 200
except HttpError as error:
    cancelled = error.status_code
reset = api.authorization().reset(body={}).execute()
print(json.dumps({"access": access, "state": state["state"], "names": names, "cancelled": cancelled, "reset": reset}))
