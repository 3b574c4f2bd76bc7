export { Portage } from './portage';
export { PortageApiError, PortageConnectionError, PortageDigestError, type ProblemField } from './errors';
export { verifyWebhook, type WebhookEvent } from './verify-webhook';
export { WebhookVerificationError } from 'standardwebhooks';
export type { CallOptions, PortageOptions } from './transport';
export type { Downloaded } from './download';
export type { Page, Pages, Position } from './pages';
export type { components, operations, paths } from './generated/schema';
export type {
  Answer,
  ConnectSession,
  Consent,
  CursorLine,
  Export,
  GoneLine,
  Input,
  NextLine,
  OperationId,
  RecordKind,
  RecordLine,
  RecordOf,
  StreamLine,
} from './operation-types';
