// A webhook of Portage as a host app in Python verifies it, with the library of Standard Webhooks from PyPI.
import { execFileSync } from 'node:child_process';

import { newSecrets, signedHeaders } from '../../src/webhooks/sign';
import { pythonProgram } from '../support/python-program';

const script = `
import json, sys
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
asked = json.load(sys.stdin)
for case in asked["cases"]:
    try:
        Webhook(asked["secret"]).verify(case["payload"], case["headers"])
        print("verified")
    except WebhookVerificationError as error:
        print("refused: " + str(error))
`;

it('is verified, also during a rotation, and refused when it is forged, late or signed by others', async () => {
  const python = await pythonProgram('standardwebhooks', 'The verifier of webhooks for tests');
  const [secrets, others] = [newSecrets(), newSecrets()];
  const payload = '{"type":"consent.paused","data":{"consentId":"con_é"}}';
  const sign = (by: (typeof secrets)[], at = new Date()) => signedHeaders({ id: 'evt_1', payload, at }, by);
  const cases = [
    { payload, headers: sign([secrets]) },
    { payload, headers: sign([others, secrets]) },
    { payload: payload.replace('paused', 'ended'), headers: sign([secrets]) },
    { payload, headers: { ...sign([secrets]), 'webhook-id': 'evt_2' } },
    { payload, headers: sign([secrets], new Date(Date.now() - 6 * 60_000)) },
    { payload, headers: sign([others]) },
  ];
  const input = JSON.stringify({ secret: secrets.hmac, cases });
  const lines = execFileSync(python, ['-c', script], { input, encoding: 'utf8' }).trim().split('\n');
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    ...['verified', 'verified', 'refused', 'refused', 'refused', 'refused'],
  ]);
});
