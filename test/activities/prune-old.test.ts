// The step of the housekeeping that removes old rows, with the time from the configuration.
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import { createHousekeepingActivities } from '../../src/activities';
import { createEventPruning } from '../../src/database/event-pruning';
import { createGoogleClientStore } from '../../src/database/google-clients';
import { recordEvent } from '../../src/database/write-events';
import { openDatabase } from '../../src/database/open-database';
import { createEventStore } from '../../src/database/read-events';
import { at, createStage, later } from '../database/databases';
import { embeddedDatabase } from '../support/database';

it('removes events that are older than EVENT_RETENTION, and logs how many', async () => {
  const database = await openDatabase(await embeddedDatabase());
  const stage = createStage(database.db);
  const googleClients = createGoogleClientStore(database.db, stage.vault);
  const { hostAppId, id } = await stage.session();
  const data = { connectSessionId: id };
  await database.db.transaction((tx) => recordEvent(tx, { hostAppId, type: 'connect_session.expired', data, at }));
  const eventPruning = createEventPruning(database.db);
  const logged: unknown[] = [];
  const run = (minutes: number) => {
    // The other steps are not run.
    const deps = { eventPruning, googleClients, eventRetentionMs: 10 * 60_000, now: () => later(minutes) };
    const steps = createHousekeepingActivities(deps as unknown as Parameters<typeof createHousekeepingActivities>[0]);
    const logger = new DefaultLogger('INFO', ({ message, meta }) => void logged.push([message, meta?.['events']]));
    return new MockActivityEnvironment({}, { logger }).run(() => steps.pruneOld());
  };
  await run(10);
  expect(logged).toEqual([]);
  await run(11);
  expect(logged).toEqual([['old rows were removed', 1]]);
  expect(await createEventStore(database.db).keptEvents(hostAppId)).toEqual({ oldest: 2, newest: 1 });
  await googleClients.save({ clientId: '1-fig', clientSecret: 'fig-secret' });
  await run(11);
  expect(logged.at(-1)).toEqual(['secrets of Google clients that nothing uses were deleted', undefined]);
  await expect(googleClients.secretOf('1-fig')).rejects.toThrow('was deleted, since nothing used it');
  await database.close();
});
