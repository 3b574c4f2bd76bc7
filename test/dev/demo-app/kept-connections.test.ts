// The demo's own memory of whose consent is whose outlives the process and a broken file.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openKeptConnections } from '../../../src/dev/demo-app/kept-connections';

const folder = mkdtempSync(join(tmpdir(), 'portage-test-kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const connection = (sessionId: string) => ({
  sessionId,
  consentId: null,
  resources: ['chrome.history'],
  startedAt: '2026-03-01T09:30:00.000Z',
});

it('keeps users apart, newest connection first, over a restart, for the owner’s eyes only', () => {
  const file = join(folder, 'new', 'demo-app.json');
  const kept = openKeptConnections(file);
  kept.add('ada', connection('first'));
  kept.add('ada', connection('second'));
  kept.add('ben', connection('third'));
  kept.setConsent('ada', 'first', 'con_1');
  kept.forget('ben', 'third');

  const again = openKeptConnections(file);
  expect(again.connectionsOf('ada').map(({ sessionId, consentId }) => [sessionId, consentId])).toEqual([
    ['second', null],
    ['first', 'con_1'],
  ]);
  expect(again.connectionsOf('ben')).toEqual([]);
  expect(again.find('ben', 'first')).toBeUndefined();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('forgets the oldest of very many', () => {
  const kept = openKeptConnections(undefined);
  for (let number = 1; number <= 30; number += 1) kept.add('ada', connection(String(number)));
  expect(kept.connectionsOf('ada')).toHaveLength(20);
  expect(kept.connectionsOf('ada')[0]?.sessionId).toBe('30');
});

it.each(['', '{"version":1', '[]', '{"version":2,"users":{}}'])('begins again with a file that holds %j', (text) => {
  const file = join(folder, 'broken.json');
  writeFileSync(file, text);
  const kept = openKeptConnections(file);
  expect(kept.connectionsOf('ada')).toEqual([]);
  kept.add('ada', connection('first'));
  expect(readFileSync(file, 'utf8')).toContain('"first"');
});
