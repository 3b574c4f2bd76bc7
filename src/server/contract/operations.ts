/** Every operation of the API, in the order of the document. The document contains only the operations listed here. */
import { apiKeyOperations } from './api-keys';
import { getMember, getPart, listMembers } from './archives';
import {
  cancelConnectSession,
  confirmConnectSession,
  createConnectSession,
  getConnectSession,
  listConnectSessions,
} from './connect-sessions';
import { cancelConsent, deleteConsent, exportConsent, pauseConsent, resumeConsent } from './consent-actions';
import { getConsent, listConsents } from './consents';
import { getOpenApi } from './describe-api';
import { listEvents } from './events';
import { confirmDelivery, getExport, listExports } from './exports';
import { getHealth } from './health';
import type { Operation } from './operation';
import { countConsentRecords, getRecordSummary, listConsentRecords, listExportRecords } from './records';
import { listResources } from './resources';
import { deleteUser, getUser } from './users';
import { webhookEndpointOperations } from './webhook-endpoints';

/** Without the types of their schemas, which only the handlers need. */
export const operations = [
  ...[listConnectSessions, createConnectSession, getConnectSession, confirmConnectSession, cancelConnectSession],
  ...[listConsents, getConsent, deleteConsent, pauseConsent, resumeConsent, exportConsent, cancelConsent],
  ...[listConsentRecords, countConsentRecords],
  ...[listExports, getExport, confirmDelivery, getPart, listMembers, getMember, listExportRecords, getRecordSummary],
  ...[listEvents, getUser, deleteUser],
  ...webhookEndpointOperations,
  ...apiKeyOperations,
  ...[listResources, getHealth, getOpenApi],
] as unknown as readonly Operation[];
