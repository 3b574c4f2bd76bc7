/** Every operation of the API, in the order of the document. An operation that is not listed here is in no document. */
import { getMember, getPart, listMembers } from './archives';
import { confirmConnectSession, createConnectSession, getConnectSession } from './connect-sessions';
import { cancelConsent, deleteConsent, exportConsent, pauseConsent, resumeConsent } from './consent-actions';
import { getConsent } from './consents';
import { getOpenApi } from './describe-api';
import { confirmDelivery, getExport } from './exports';
import { getHealth } from './health';
import type { Operation } from './operation';
import { countConsentRecords, getRecordSummary, listConsentRecords, listExportRecords } from './records';
import { deleteUser } from './users';
import { webhookEndpointOperations } from './webhook-endpoints';

/** Without the types of their schemas, which only the handlers need. */
export const operations = [
  ...[createConnectSession, getConnectSession, confirmConnectSession],
  ...[getConsent, deleteConsent, pauseConsent, resumeConsent, exportConsent, cancelConsent],
  ...[listConsentRecords, countConsentRecords],
  ...[getExport, confirmDelivery, getPart, listMembers, getMember, listExportRecords, getRecordSummary],
  deleteUser,
  ...webhookEndpointOperations,
  ...[getHealth, getOpenApi],
] as unknown as readonly Operation[];
