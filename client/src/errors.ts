/** The errors of a call: Portage refuses it, or Portage cannot be reached. */
import type { components } from './generated/schema';

type Problem = components['schemas']['Problem'];

/** One wrong value of a request: its place, the fault, and the value itself unless it is a secret. */
export type ProblemField = NonNullable<Problem['errors']>[number];

/** An error answer of Portage: problem details (RFC 9457). */
export class PortageApiError extends Error {
  override readonly name = 'PortageApiError';
  /** The HTTP status. */
  readonly status: number;
  /** Portage's stable code, such as `CONSENT_ENDED`; empty when a program other than Portage answered. */
  readonly code: string;
  readonly detail: string;
  /** The remedy, in words. */
  readonly remedy: string;
  /** Every wrong value of the request. */
  readonly fields: readonly ProblemField[];
  /** The request, as the log of the server names it. */
  readonly requestId: string | undefined;

  constructor(status: number, problem: Partial<Problem>, request: string) {
    const { title = `${request} was answered with status ${status}`, detail = title } = problem;
    super(detail === title ? title : `${title}: ${detail}`);
    this.status = status;
    this.code = problem.code ?? '';
    this.detail = detail;
    this.remedy =
      problem.remedy ?? 'Check that the address is that of Portage, and look at the log of the program that answered.';
    this.fields = problem.errors ?? [];
    this.requestId = problem.requestId;
  }
}

/** Portage did not answer, or its answer broke off; `cause` is the error of `fetch`. */
export class PortageConnectionError extends Error {
  override readonly name = 'PortageConnectionError';
  readonly remedy = 'Check that Portage runs and can be reached from here, then call again.';
}

/** A download is complete, but its bytes are not the ones that Portage has stored. */
export class PortageDigestError extends Error {
  override readonly name = 'PortageDigestError';
  readonly remedy =
    'Download it again. If it happens again, look for a program that changes bytes between Portage and here.';
}

/** The most bytes of an error answer that are read. */
const longestProblem = 64 * 1024;

/** Reads the error that an answer holds. @param request for the message, such as `GET /v1/health` */
export async function readProblem(response: Response, request: string): Promise<PortageApiError> {
  const isProblem = /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');
  const isShort = Number(response.headers.get('content-length') ?? 0) <= longestProblem;
  if (!isProblem || !isShort) {
    await response.body?.cancel();
    return new PortageApiError(response.status, {}, request);
  }
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  return new PortageApiError(response.status, problem ?? {}, request);
}
