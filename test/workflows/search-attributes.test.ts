// The search attributes for Temporal's Web UI follow the state: the phase of an export, and the end of the grant.
import { eq } from 'drizzle-orm';

import {
  consentEndsAtAttribute,
  errorCodeAttribute,
  exportStateAttribute,
} from '../../src/workflows/search-attributes';
import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';
import { consents } from '../../src/database/schema';
import { renewedSignal } from '../../src/workflows/signals-and-queries';
import { startTestPortage, type TestPortage } from '../support/portage';
import { recordHistory } from '../support/record-history';
import { until } from '../support/until';

const resource = 'myactivity.search';

let test: TestPortage;
beforeAll(async () => {
  test = await startTestPortage();
});
afterAll(() => test.stop());

it('ExportState follows the phase, and ConsentEndsAt a renewal', async () => {
  const { consentId = '' } = await test.connect({ resources: [resource], decision: { access: '180d' } });
  const consent = test.temporal.workflow.getHandle(consentWorkflowId(consentId));
  const loop = test.temporal.workflow.getHandle(exportWorkflowId(consentId, resource));
  const shown = async (handle: typeof loop) => (await handle.describe()).typedSearchAttributes;
  const exportState = (state: string) =>
    until(`ExportState ${state}`, async () => {
      const attributes = await shown(loop).catch(() => undefined);
      return attributes?.get(exportStateAttribute) === state ? attributes : undefined;
    });

  expect((await exportState('ready')).get(errorCodeAttribute)).toBeUndefined();
  const phases = ((await loop.fetchHistory()).events ?? []).flatMap(
    ({ upsertWorkflowSearchAttributesEventAttributes: attributes }) => {
      const data = attributes?.searchAttributes?.indexedFields?.['ExportState']?.data;
      return data == null ? [] : [JSON.parse(Buffer.from(data).toString()) as string];
    },
  );
  expect(phases.flat()).toEqual(['waiting', 'downloading', 'verifying', 'reading', 'ready']);

  const { endsAt } = await test.api.getConsent(consentId);
  const before = (await shown(consent)).get(consentEndsAtAttribute);
  expect(before?.toISOString()).toBe(endsAt);
  const renewed = (before?.getTime() ?? 0) + 90 * 86_400_000;
  const { db } = test.portage.database;
  await db
    .update(consents)
    .set({ endsAt: new Date(renewed) })
    .where(eq(consents.id, consentId));
  await consent.signal(renewedSignal, { endsAtMs: renewed });
  await until('the renewed end', async () =>
    (await shown(consent)).get(consentEndsAtAttribute)?.getTime() === renewed ? true : undefined,
  );
  await recordHistory(test.temporal, consentWorkflowId(consentId), 'renewed-consent');
  await recordHistory(test.temporal, exportWorkflowId(consentId, resource), 'phases-export');
});
