// Exports and their archive jobs: every step may run twice and records one event.
import { later, at, onEveryDatabase, type Stage } from './databases';

/** An export that is stored and not yet started. */
async function begun(stage: Stage, changes: Partial<Parameters<Stage['exports']['begin']>[0]> = {}) {
  const consentId = changes.consentId ?? (await stage.consent());
  const resource = changes.resource ?? 'chrome.history';
  const request = { resource, resources: [resource], cycle: 1, startTime: undefined, endTime: undefined, at };
  return stage.exports.begin({ ...request, ...changes, consentId });
}

const job = (archiveJobId: string, changes: { adopted?: boolean; at?: Date } = {}) => ({
  archiveJobId,
  adopted: false,
  accessType: 'one_time' as const,
  at: later(1),
  ...changes,
});

let jobs = 0;
const newJobId = () => `job-${(jobs += 1)}`;

const exportEventsOf = async (stage: Stage, exportId: string, consentId: string) =>
  (await stage.eventsOf(consentId)).filter((event) => event.exportId === exportId);

onEveryDatabase((story) => {
  describe('an export', () => {
    story('is stored before it is asked for, and keeps its first window when it is asked for again', async (stage) => {
      const consentId = await stage.consent();
      const first = await begun(stage, { consentId, startTime: later(-60), endTime: later(0) });
      expect(first).toMatchObject({
        state: 'initiating',
        startTime: later(-60),
        endTime: later(0),
        requestedAt: at,
        archiveJobId: null,
      });
      const again = await begun(stage, { consentId, startTime: later(-50), endTime: later(10), at: later(10) });
      expect(again).toEqual(first);
    });

    story('is one, however many begin it at once', async (stage) => {
      const consentId = await stage.consent();
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, index) => begun(stage, { consentId, endTime: later(index) })),
      );
      expect(new Set(all.map(({ id }) => id)).size).toBe(1);
      expect(new Set(all.map(({ endTime }) => endTime?.getTime())).size).toBe(1);
      expect(await stage.exports.listByConsent(consentId)).toEqual([all[0]]);
    });

    story('is another one for each cycle, resource and consent', async (stage) => {
      const consentId = await stage.consent();
      const one = await begun(stage, { consentId });
      const others = [
        await begun(stage, { consentId, cycle: 2 }),
        await begun(stage, { consentId, resource: 'chrome.bookmarks' }),
        await begun(stage),
      ];
      expect(new Set([one, ...others].map(({ id }) => id)).size).toBe(4);
    });

    story('of a consent that is not there is refused', async (stage) => {
      await expect(begun(stage, { consentId: 'con_of_nobody' })).rejects.toThrow();
    });
  });

  describe('the archive job of an export', () => {
    story('is recorded once, with one event', async (stage) => {
      const { id, consentId } = await begun(stage);
      const archiveJobId = newJobId();
      await Promise.all(Array.from({ length: 20 }, () => stage.exports.recordJob(id, job(archiveJobId))));
      await stage.exports.recordJob(id, job(archiveJobId, { at: later(9) }));
      expect(await stage.exports.find(id)).toMatchObject({
        state: 'waiting',
        archiveJobId,
        initiatedAt: later(1),
        accessType: 'one_time',
      });
      expect(await stage.exports.findByJobs([archiveJobId])).toMatchObject(new Map([[archiveJobId, { id }]]));
      expect(await exportEventsOf(stage, id, consentId)).toMatchObject([
        { type: 'export.started', data: { resources: ['chrome.history'], adopted: false }, createdAt: later(1) },
      ]);
    });

    story('is followed by that of a retry, without another event and with the first start kept', async (stage) => {
      const { id, consentId } = await begun(stage);
      const [first, second] = [newJobId(), newJobId()];
      await stage.exports.recordJob(id, job(first, { adopted: true }));
      await stage.exports.recordJob(id, { ...job(second, { at: later(30) }), accessType: undefined });
      expect(await stage.exports.find(id)).toMatchObject({
        archiveJobId: second,
        initiatedAt: later(1),
        accessType: 'one_time',
      });
      expect([...(await stage.exports.findByJobs([first, second])).keys()].sort()).toEqual([first, second].sort());
      expect(await exportEventsOf(stage, id, consentId)).toMatchObject([{ data: { adopted: true } }]);
    });

    story('D18: is recognised when Google names it again', async (stage) => {
      const { id } = await begun(stage);
      const [known, unknown] = [newJobId(), newJobId()];
      await stage.exports.recordJob(id, job(known));
      expect([...(await stage.exports.findByJobs([unknown, known])).keys()]).toEqual([known]);
      expect(await stage.exports.findByJobs([])).toEqual(new Map());
    });

    story('does not bring an export back that has ended', async (stage) => {
      const { id, consentId } = await begun(stage);
      await stage.exports.end(id, { state: 'failed', errorCode: 'START_OVERDUE' }, later(1));
      const archiveJobId = newJobId();
      await stage.exports.recordJob(id, job(archiveJobId, { at: later(2) }));
      expect(await stage.exports.find(id)).toMatchObject({ state: 'failed', archiveJobId, endedAt: later(1) });
      expect((await exportEventsOf(stage, id, consentId)).map(({ type }) => type)).toEqual(['export.failed']);
      expect([...(await stage.exports.findByJobs([archiveJobId])).keys()]).toEqual([archiveJobId]);
    });
  });

  describe('the end of an export', () => {
    story('is recorded once, with the findings of the verification', async (stage) => {
      const { id, consentId } = await begun(stage);
      await stage.exports.recordJob(id, job(newJobId()));
      await stage.exports.beginDownload(id, { parts: 2, exportTime: later(0) });
      expect(await stage.exports.find(id)).toMatchObject({ state: 'downloading', partsTotal: 2, exportTime: later(0) });
      await stage.exports.beginVerification(id);
      expect(await stage.exports.find(id)).toMatchObject({ state: 'verifying' });

      const findings = [{ kind: 'incomplete_service', service: 'CHROME' } as const];
      const result = { verdict: 'incomplete_at_google', findings, files: 3 } as const;
      const concluded = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          stage.exports.conclude(id, { ...result, findings: [...findings] }, later(4 + index)),
        ),
      );
      expect(new Set(concluded)).toEqual(new Set(['partial']));
      const row = await stage.exports.find(id);
      expect(row).toMatchObject({
        state: 'partial',
        verdict: 'incomplete_at_google',
        findings,
        files: 3,
        errorCode: null,
      });
      expect((await exportEventsOf(stage, id, consentId)).map(({ type, data }) => ({ type, ...data }))).toMatchObject([
        { type: 'export.started' },
        { type: 'export.partial', resources: ['chrome.history'], verdict: 'incomplete_at_google', parts: 2, files: 3 },
      ]);

      await stage.exports.end(id, { state: 'failed', errorCode: 'ARCHIVE_EXPIRED' }, later(60));
      await stage.exports.beginDownload(id, { parts: 9, exportTime: undefined });
      await stage.exports.beginVerification(id);
      expect(await stage.exports.find(id)).toEqual(row);
      expect(await exportEventsOf(stage, id, consentId)).toHaveLength(2);
    });

    story('names the error when the archive cannot be read', async (stage) => {
      const { id, consentId } = await begun(stage);
      const findings = [{ kind: 'not_a_zip', part: 1 } as const];
      const state = await stage.exports.conclude(
        id,
        { verdict: 'corrupt', findings: [...findings], files: 0 },
        later(4),
      );
      expect(state).toBe('failed');
      expect(await stage.exports.find(id)).toMatchObject({ state: 'failed', errorCode: 'ARCHIVE_CORRUPT', findings });
      expect(await exportEventsOf(stage, id, consentId)).toMatchObject([
        { type: 'export.failed', data: { reason: 'ARCHIVE_CORRUPT', verdict: 'corrupt' } },
      ]);
    });

    story('D47, D48: of an empty archive is ready', async (stage) => {
      const { id, consentId } = await begun(stage);
      await stage.exports.beginDownload(id, { parts: 0, exportTime: undefined });
      expect(await stage.exports.conclude(id, { verdict: 'complete', findings: [], files: 0 }, later(4))).toBe('ready');
      expect(await exportEventsOf(stage, id, consentId)).toMatchObject([{ type: 'export.ready', data: { parts: 0 } }]);
    });
  });
});
