/** Messages to running workflows from a person with access to Temporal only: they change nothing. */
import { retentionWorkflowId } from '../../src/workflows/ids';
import { retentionWorkflow } from '../../src/workflows/retention';
import { filesBelow } from '../support/files-below';
import { longIt } from '../support/long';
import { createUser, day, hour, minute } from '../support/virtual-users';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const search = 'myactivity.search';

describe('a message that no command stored anything for', () => {
  let virtual: VirtualPortage;
  beforeAll(async () => {
    virtual = await startVirtualPortage();
    const { taskQueue } = virtual.config.temporal;
    await virtual.environment.client.workflow.start(retentionWorkflow, {
      workflowId: retentionWorkflowId(taskQueue),
      taskQueue,
      args: [{ policy: virtual.config.policy, retention: null }],
    });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  const objects = () => filesBelow(virtual.config.dataDir).filter((file) => file.includes('consents/')).length;

  it('D66: neither ends, pauses nor prolongs a consent, takes nothing from it and deletes nothing', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([search], { access: '30d' });
    await virtual.sleep(day + hour);
    const before = { consent: await user.find(id), objects: objects(), starts: user.calls('initiate').length };
    const workflow = user.consentWorkflow(id);
    await workflow.signal('pause');
    await workflow.signal('cancel');
    await workflow.signal('delete');
    await workflow.signal('superseded', { resources: [search], by: id });
    await workflow.signal('renewed', { endsAtMs: before.consent.createdAt.getTime() });
    await virtual.sleep(minute);
    expect(await user.find(id)).toEqual(before.consent);
    expect(objects()).toBeGreaterThanOrEqual(before.objects);

    await virtual.sleep(day + hour);
    expect(user.calls('initiate').length).toBe(before.starts + 1);
    expect([...user.calls('reset'), ...user.calls('revoke')]).toEqual([]);
    expect(await user.find(id)).toMatchObject({ state: 'active', pausedAt: null, supersededResources: [] });
    await user.cancel(id);
  });

  longIt('stops, pauses and moves no loop, and gives it no other resources', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([search], { access: '30d' });
    await virtual.sleep(day + hour);
    const starts = user.calls('initiate').length;
    const loop = user.exportWorkflow(id, search);
    await loop.signal('pause');
    await loop.signal('renewed', { endsAtMs: 0 });
    await loop.signal('joinBatch');
    await loop.signal('addResources', { resources: ['youtube.comments'] });
    await loop.signal('removeResources', { resources: [search] });
    await loop.signal('stop', { how: 'abandon' });
    await virtual.sleep(day);
    expect(user.calls('initiate')).toHaveLength(starts + 1);
    await user.exportWorkflow(id, search).signal('stop', { how: 'finish' });
    await user.exportWorkflow(id, search).signal('leaveBatch');
    await virtual.sleep(day);
    expect(user.calls('initiate')).toHaveLength(starts + 2);
    const exports = await user.exports(id);
    expect(exports.map(({ resource, state }) => [resource, state])).toEqual(exports.map(() => [search, 'ready']));
    await user.cancel(id);
  });

  longIt('ends no export that waits for its one archive', async () => {
    virtual.emulator.control.setJobs({ durationMs: 3 * hour });
    const user = createUser(virtual);
    const { id } = await user.connect([search], { access: 'once' });
    await virtual.sleep(hour);
    const loop = user.exportWorkflow(id, search);
    await loop.signal('stop', { how: 'abandon' });
    await loop.signal('pause');
    await virtual.sleep(minute);
    await loop.signal('stop', { how: 'finish' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    expect(user.calls('initiate')).toHaveLength(1);
    expect(user.calls('cancel')).toEqual([]);
    virtual.emulator.control.setJobs({ durationMs: 1_000 });
  });

  it('lets no workflow work with the input of another consent', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([search], { access: '30d' });
    await virtual.sleep(hour);
    const before = user.calls('initiate').length;
    const { taskQueue } = virtual.config.temporal;
    const args = [{ consentId: id, policy: { ...virtual.config.policy, exportEveryMs: 1 } }];
    const { workflow } = virtual.environment.client;
    const ids = ['consent/con_another', 'consent', `consent/${id}/2`];
    for (const workflowId of ids) await workflow.start('consentWorkflow', { workflowId, taskQueue, args });
    await virtual.sleep(minute);
    for (const workflowId of ids) {
      // Waiting for its result would let a day pass.
      const { events } = await workflow.getHandle(workflowId).fetchHistory();
      const { failure } = events?.at(-1)?.workflowExecutionFailedEventAttributes ?? {};
      expect(failure?.applicationFailureInfo?.type).toBe('FOREIGN_INPUT');
    }
    await virtual.sleep(hour);
    expect(user.calls('initiate')).toHaveLength(before);
    await user.cancel(id);
  });

  longIt('resumes no consent that a command paused', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([search], { access: '30d' });
    await virtual.sleep(hour);
    await user.send(id, 'pause');
    await user.consentWorkflow(id).signal('resume');
    await virtual.sleep(3 * day);
    expect(user.calls('initiate')).toHaveLength(1);
    await user.cancel(id);
  });

  it('D66: deletes nothing of a consent that has ended', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([search], { access: 'once' });
    await virtual.ended(id);
    const before = objects();
    await virtual.environment.client.workflow.signalWithStart('consentWorkflow', {
      workflowId: `consent/${id}`,
      taskQueue: virtual.config.temporal.taskQueue,
      signal: 'delete',
      args: [{ consentId: id, policy: virtual.config.policy }],
    });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed', dataDeletedAt: null });
    expect(objects()).toBe(before);
  });

  it('sets no retention', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([search], { access: 'once' });
    await virtual.ended(id);
    const before = objects();
    await virtual.environment.client.workflow
      .getHandle(retentionWorkflowId(virtual.config.temporal.taskQueue))
      .signal('settings', { policy: virtual.config.policy, retention: { afterMs: 1, from: 'end' } });
    await virtual.sleep(2 * day);
    expect(objects()).toBe(before);
    expect(await user.find(id)).toMatchObject({ dataDeletedAt: null });
  });
});
