/** Data outside the lists of a JSON file: it is reported with its place, and the file does not count as empty. */
import { memoryStore, readFile } from './fixtures';

const path = 'Chrome/Addresses and more.json';
const profile = { 'Autofill Profile': [{ guid: 'one' }] };
const read = (content: unknown) => readFile('chrome.autofill', path, JSON.stringify(content));

it.each([
  ['an object', { ...profile, Wallet: { name: 'Ada', city: 'Turin' } }],
  ['an encrypted string', { ...profile, Autofill: 'djEwq83rXh2p' }],
  ['a value in an object around the lists', { ...profile, more: { deep: 7 } }],
])('%s outside the lists is a problem at its place, once', async (_what, content) => {
  const { summary, records } = await read(content);
  expect(records).toHaveLength(1);
  expect(summary.verdict).toBe('partial');
  expect(summary.problemCounts).toEqual({ unexpected_entry: 1 });
  expect(summary.problems[0]?.offset).toBeGreaterThan(0);
});

it.each([
  ['an object', { Wallet: { name: 'Ada' }, 'Contact Info': [] }],
  ['a string', { Autofill: 'djEwq83rXh2p', 'Contact Info': [] }],
])('a file of empty lists and %s is not empty, and nothing is gone because of it', async (_what, content) => {
  const store = memoryStore();
  await readFile('chrome.autofill', path, JSON.stringify(profile), { folder: 'first' }, store);
  const options = { folder: 'second', previousFolder: 'first' };
  const { summary } = await readFile('chrome.autofill', path, JSON.stringify(content), options, store);
  expect(summary).toMatchObject({ verdict: 'partial', goneUnknown: 'incomplete' });
});

it('a fact about the file is a notice, and an empty one is none', async () => {
  const version = await read({ version: 2, ...profile });
  expect(version.summary).toMatchObject({ verdict: 'complete', noticeCounts: { drift: 1 } });
  const nothing = await read({ type: 'whatever', none: null, blank: '', ...profile, more: {} });
  expect(nothing.summary).toMatchObject({ verdict: 'complete', noticeCounts: {} });
});

it.each([
  ['maps.reviews', 'Maps/Reviews.json', { type: 'FeatureCollection', features: [] }],
  ['chrome.autofill', path, { Autofill: [], 'Contact Info': {} }],
  ['chrome.autofill', path, {}],
])('an empty file of %s is complete', async (resource, name, content) => {
  const { summary } = await readFile(resource, name, JSON.stringify(content));
  expect(summary).toMatchObject({ verdict: 'complete', records: 0, problems: [] });
});
