/** Downloads whose lines are slow hold up no other export, however many there are. */
import { startTestPortage, type TestPortage } from '../support/portage';
import { beginSlowDownloads, statesOf } from './slow-lines';

describe('during slow downloads', () => {
  let running: TestPortage;
  beforeAll(async () => {
    running = await startTestPortage();
  });
  afterAll(async () => {
    await running.stop();
  });

  it('D70: an export is downloaded, verified and read while ten others only drip', async () => {
    const slow = await beginSlowDownloads(running, { count: 10, bytesPerSecond: 1, mediaBytes: 200_000 });
    const { exports } = await running.import({ resources: ['maps.starred_places'], userId: 'somebody' });
    expect(exports).toMatchObject([{ state: 'ready', verdict: 'complete' }]);
    expect(await statesOf(running.portage, slow)).toEqual(Array(10).fill('downloading'));
  });
});
