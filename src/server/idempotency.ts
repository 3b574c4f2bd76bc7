/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a POST that comes twice with one key is carried out
 * once. Its answer, also a refusal, is repeated for a day; a request that failed (status 500 and above) may be sent
 * again.
 */
import type { Request, RequestHandler, Response } from 'express';

import type { IdempotencyKeyStore, KeyedRequest } from '../database/idempotency-keys';
import { isErrorCode, PortageError } from '../domain/error-codes';
import { askAgainMs, longestIdempotencyKey, parseIdempotencyKey } from '../domain/idempotency';
import { shownValue, type RequestFault } from '../domain/request-fault';
import type { Logger } from '../log';
import type { HostAppAccess } from './authentication/host-app';
import { toPortageError } from './error-handler';

/** The header of a repeated answer. */
export const answeredAgain = 'Idempotency-Replayed';
export const isAnsweredAgain = (response: Response): boolean => response.get(answeredAgain) !== undefined;

interface Call {
  readonly request: Request;
  readonly response: Response;
  readonly body: unknown;
}
type Work = () => Promise<unknown>;

interface Dependencies {
  readonly idempotencyKeys: IdempotencyKeyStore;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** The functions that carry out requests with a key. */
const carriers = new WeakMap<Request, (call: Call, work: Work) => Promise<unknown>>();

/** Goes after authentication. @throws PortageError `REQUEST_INVALID` for a header that holds no key */
export function takeIdempotencyKeys(deps: Dependencies, access: HostAppAccess): RequestHandler {
  return (request, _response, next) => {
    const header = request.get('idempotency-key');
    if (request.method === 'POST' && header !== undefined) {
      const key = keyOf(header);
      carriers.set(request, (call, work) => carryOut(deps, access, { key, call, work }));
    }
    next();
  };
}

/**
 * Carries out a request that passed its checks, unless it was carried out before.
 *
 * @param work returns the answer
 * @returns the same, or the stored answer
 * @throws the error of `work`, also a stored one; PortageError `IDEMPOTENCY_KEY_REUSED`, `IDEMPOTENCY_KEY_IN_USE`, and
 * `DATA_DELETED` when the data of the stored answer was deleted since
 */
export async function answerOnce<T>(call: Call, work: () => Promise<T>): Promise<T> {
  const carrier = carriers.get(call.request);
  return carrier === undefined ? work() : ((await carrier(call, work)) as T);
}

function keyOf(header: string): string {
  const key = parseIdempotencyKey(header);
  if (key !== undefined) return key;
  const detail = `give 1 to ${longestIdempotencyKey} characters of ASCII; with spaces only in quotation marks`;
  const fault = { parameter: 'Idempotency-Key', detail, value: shownValue(header) };
  throw new PortageError('REQUEST_INVALID', { detail: `Idempotency-Key: ${detail}`, faults: [fault] });
}

interface Keyed {
  readonly key: string;
  readonly call: Call;
  readonly work: Work;
}

async function carryOut(deps: Dependencies, access: HostAppAccess, { key, call, work }: Keyed): Promise<unknown> {
  const { idempotencyKeys, logger, now } = deps;
  const { request, response, body } = call;
  const content = [request.method, request.originalUrl, body === undefined ? '' : JSON.stringify(body)].join('\n');
  const keyed: KeyedRequest = { hostAppId: access.hostAppOf(request).id, key, content };
  const state = await idempotencyKeys.begin(keyed, now());
  if (state.kind === 'other') throw new PortageError('IDEMPOTENCY_KEY_REUSED');
  if (state.kind === 'running') throw new PortageError('IDEMPOTENCY_KEY_IN_USE', { retryAfterMs: askAgainMs });
  if (state.kind === 'deleted') throw new PortageError('DATA_DELETED');
  if (state.kind === 'answered') {
    // The answer may hold a secret, such as a new API key.
    await access.authenticateAgain(request);
    response.set(answeredAgain, 'true');
    return readAnswer(state.answer);
  }
  const { run } = state;
  const keep = async (answer: string): Promise<void> => {
    const { object, consentId } = access.subjectOf(request);
    const about = object?.startsWith('cns_') === true ? object : (consentId ?? object);
    await idempotencyKeys.keepAnswer(keyed, { run, answer, about, at: now() }).catch((err: unknown) => {
      // The request is done, so its answer is sent. A repeat within the time for a run is refused.
      logger.error({ err }, 'the answer for an idempotency key could not be kept');
    });
  };
  let answer: unknown;
  try {
    answer = await work();
  } catch (error) {
    const { code, status, detail, faults } = toPortageError(error);
    // A key may end while its request is carried out (database/api-key-maker.ts): another one can repeat the request.
    if (status < 500 && status !== 401) await keep(JSON.stringify({ refused: { code, detail, faults } }));
    // When that fails too, a repeat is refused until the time for a run has passed.
    else await idempotencyKeys.release(keyed, run).catch(() => undefined);
    throw error;
  }
  await keep(JSON.stringify({ json: answer }));
  return answer;
}

interface KeptAnswer {
  readonly json?: unknown;
  readonly refused?: { readonly code: string; readonly detail?: string; readonly faults: readonly RequestFault[] };
}

/** @throws PortageError that refused the request before */
function readAnswer(text: string): unknown {
  const { json, refused } = JSON.parse(text) as KeptAnswer;
  if (refused === undefined) return json;
  const { code, faults, detail } = refused;
  // An unknown code is one of another release.
  if (!isErrorCode(code)) throw new PortageError('UNEXPECTED', { detail: code });
  throw new PortageError(code, { faults, ...(detail !== undefined && { detail }) });
}
