/** Which of a user's consents exports a resource, while Google has not yet said for all of them which access was chosen. */
import { assignResources } from '../../../src/activities/consent/split-resources';
import type { OpenDatabase } from '../../../src/database/database';
import type { AccessType } from '../../../src/domain/states';
import { openTestDatabase } from '../../support/database';
import { createStage, later, type Stage } from '../../database/databases';

const resource = 'chrome.history';

let database: OpenDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await openTestDatabase();
  stage = createStage(database.db);
});
afterAll(() => database.close());

/** Two consents of one user; the access type of each is what Google has answered so far. */
async function connectTwice(older: AccessType | undefined, newer: AccessType | undefined) {
  const session = await stage.session();
  const next = await stage.session({ hostAppId: session.hostAppId });
  return {
    older: await stage.consent({ session, accessType: older }),
    newer: await stage.consent({ session: next, accessType: newer, at: later(1) }),
  };
}

/** As the workflow of a consent does when it begins, with Google's answer. */
async function open(id: string, accessType: AccessType) {
  await stage.consents.setAccessType(id, accessType);
  const consent = await stage.consents.find(id);
  if (consent === undefined) throw new Error(`${id} is not stored`);
  const { ownResources, supersedes } = await assignResources(stage.consents, consent, accessType, later(2));
  return { ownResources, takenFrom: supersedes.map(({ consentId }) => consentId) };
}

describe('a time-based consent that begins', () => {
  it('keeps its resources next to a newer consent whose access is not known yet', async () => {
    const { older, newer } = await connectTwice('time_based', undefined);
    expect(await open(older, 'time_based')).toEqual({ ownResources: [resource], takenFrom: [] });
    expect(await open(newer, 'one_time')).toEqual({ ownResources: [resource], takenFrom: [] });
    expect(await stage.consents.find(older)).toMatchObject({ state: 'active', supersededResources: [] });
  });

  it('takes nothing from an older consent whose access is not known yet', async () => {
    const { older, newer } = await connectTwice(undefined, 'time_based');
    expect(await open(newer, 'time_based')).toEqual({ ownResources: [resource], takenFrom: [] });
    expect(await open(older, 'one_time')).toEqual({ ownResources: [resource], takenFrom: [] });
  });

  it('gives its resources to a newer one, whichever of them begins first', async () => {
    const first = await connectTwice(undefined, undefined);
    expect(await open(first.older, 'time_based')).toEqual({ ownResources: [resource], takenFrom: [] });
    expect(await open(first.newer, 'time_based')).toEqual({ ownResources: [resource], takenFrom: [first.older] });

    const second = await connectTwice(undefined, 'time_based');
    expect(await open(second.newer, 'time_based')).toMatchObject({ ownResources: [resource] });
    expect(await open(second.older, 'time_based')).toEqual({ ownResources: [], takenFrom: [] });
    expect(await stage.consents.find(second.older)).toMatchObject({ supersededResources: [resource] });
  });
});
