// A host app's server that receives webhooks, as a separate program: `node receiver.mjs` prints its address.
// Every path but `/report` is an endpoint. GET /report returns the counts of events, DELETE /report resets them.
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** The received ids, and for each endpoint and consent the position of its newest event. */
let ids = new Set();
let newest = new Map();
let counts = { received: 0, repeated: 0, outOfOrder: 0 };

const server = createServer((request, response) => {
  const { method, url } = request;
  if (url !== '/report') {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      take(url, request.headers['webhook-id'], JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(204).end();
    });
    return;
  }
  const report = JSON.stringify({ ...counts, different: ids.size });
  if (method === 'DELETE') {
    ids = new Set();
    newest = new Map();
    counts = { received: 0, repeated: 0, outOfOrder: 0 };
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(report);
});

/** Counts an event. Only its first arrival shows whether it is in order. */
function take(endpoint, id, { position, data }) {
  counts.received += 1;
  const key = `${endpoint} ${id}`;
  if (ids.has(key)) {
    counts.repeated += 1;
    return;
  }
  ids.add(key);
  const stream = `${endpoint} ${data.consentId}`;
  if (position < (newest.get(stream) ?? 0)) counts.outOfOrder += 1;
  else newest.set(stream, position);
}

server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${server.address().port}`);
