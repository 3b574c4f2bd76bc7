/** The exchange of an authorization code whose answer is lost, late or comes twice (docs/lost-answers.md). */
import { PortageError } from '../../src/domain/error-codes';
import { exchangeCode } from '../../src/server/code-exchange';
import { startGoogle, type Google } from '../google/google';

let google: Google;
beforeAll(async () => {
  google = await startGoogle();
});
afterEach(() => {
  expect(google.emulator.control.unmetFaults()).toEqual([]);
  google.emulator.control.clearRequests();
});
afterAll(() => google.stop());

const resources = ['chrome.history'];
const grants = () => google.emulator.control.state.grants.length;
const exchange = async (oauth = google.oauth) => {
  const { code, verifier } = await google.authorize(resources, { access: '30d' });
  google.emulator.control.clearRequests();
  return exchangeCode(oauth, code, verifier);
};

it('D58: is repeated where the request may not have arrived, and brings the grant', async () => {
  const before = grants();
  google.emulator.control.addFault({ method: 'token', cut: true });
  google.emulator.control.addFault({ method: 'token', status: 503, body: 'later' });
  expect(await exchange()).toMatchObject({ resources });
  expect(google.calls()).toEqual(['token', 'token', 'token']);
  expect(grants() - before).toBe(1);
});

it('D58: reports a possible grant at Google whose answer was lost', async () => {
  google.emulator.control.addFault({ method: 'token', when: 'after', cut: true });
  await expect(exchange()).rejects.toMatchObject({ code: 'GRANT_UNKNOWN', retryable: false });
  expect(google.calls()).toEqual(['token', 'token']);
});

it('D58: reports it, too, when no answer comes at all', async () => {
  google.emulator.control.addFault({ method: 'token', times: 3, status: 500, body: 'no' });
  await expect(exchange()).rejects.toMatchObject({ code: 'GRANT_UNKNOWN' });
});

it('D58: brings one grant where the first request arrives after its repeat', async () => {
  const before = grants();
  let firstRequest: (() => Promise<unknown>) | undefined;
  const oauth = {
    ...google.oauth,
    exchangeCode: (...request: Parameters<typeof google.oauth.exchangeCode>) => {
      if (firstRequest !== undefined) return google.oauth.exchangeCode(...request);
      // It is under way until the test lets it arrive; its caller waits no longer.
      firstRequest = () => google.oauth.exchangeCode(...request);
      return Promise.reject(new PortageError('GOOGLE_UNAVAILABLE'));
    },
  };
  expect(await exchange(oauth)).toMatchObject({ resources });
  await expect(firstRequest?.()).rejects.toMatchObject({ code: 'OAUTH_CODE_REFUSED' });
  expect(google.emulator.control.requests().map(({ status }) => status)).toEqual([200, 400]);
  expect(grants() - before).toBe(1);
});

it('is not repeated where Google refuses the code', async () => {
  await expect(exchangeCode(google.oauth, 'no code', 'no verifier')).rejects.toMatchObject({
    code: 'OAUTH_CODE_REFUSED',
  });
  expect(google.calls()).toEqual(['token']);
});
