/** Portage's JSON routes as a host app calls them: plain HTTP with an API key. */
import { z } from 'zod';

const connectSession = z.object({ id: z.string(), connectUrl: z.url(), expiresAt: z.string() });

const connectSessionState = z.object({
  id: z.string(),
  /** One of the states in docs/api.md. */
  state: z.string(),
  errorCode: z.string().nullable(),
  consentId: z.string().nullable(),
  expiresAt: z.string(),
});

const counts = z.object({
  counts: z.array(z.object({ resource: z.string(), kind: z.string(), new: z.number() })),
});

/** Problem details (RFC 9457), with Portage's `code` and `remedy`. */
const problem = z.object({ title: z.string(), detail: z.string(), code: z.string(), remedy: z.string() });

const consent = z.object({
  id: z.string(),
  /** Null once the consent is deleted. */
  userId: z.string().nullable(),
  state: z.string(),
  errorCode: z.string().nullable(),
  accessType: z.string().nullable(),
  grantedResources: z.array(z.string()),
  supersededResources: z.array(z.string()),
  supersededBy: z.array(z.string()),
  since: z.string().nullable(),
  endsAt: z.string().nullable(),
  pausedAt: z.string().nullable(),
  batchedAt: z.string().nullable(),
  resetAnswer: z.string().nullable(),
  waitsFor: z.object({ reason: z.string(), consentIds: z.array(z.string()), until: z.string().nullable() }).nullable(),
  renewal: z.object({ state: z.string(), from: z.string().nullable(), url: z.string().nullable() }),
  endedAt: z.string().nullable(),
  /** Newest first, 100 at most. */
  exports: z.array(
    z.object({
      id: z.string(),
      resource: z.string(),
      resources: z.array(z.string()),
      cycle: z.number(),
      state: z.string(),
      verdict: z.string().nullable(),
      errorCode: z.string().nullable(),
      requestedAt: z.string().nullable(),
      endedAt: z.string().nullable(),
      partsTotal: z.number().nullable(),
      files: z.number().nullable(),
      bytes: z.number().nullable(),
      records: z
        .object({
          state: z.string(),
          read: z.number().optional(),
          new: z.number().optional(),
          cursor: z.number().nullable().optional(),
        })
        .nullable(),
      parts: z.array(
        z.object({ number: z.number(), bytes: z.number(), sha256: z.string().nullable(), path: z.string() }),
      ),
    }),
  ),
  /** The value of `before` for the next exports; null when there are none. */
  nextBefore: z.string().nullable(),
});

export type ConsentJson = z.infer<typeof consent>;
export type ConnectSessionJson = z.infer<typeof connectSessionState>;
export type PortageApi = ReturnType<typeof createPortageApi>;

/** A refusal by Portage; `code` is one of src/domain/error-codes.ts, or empty when another program answered. */
export class PortageRefusal extends Error {
  override readonly name = 'PortageRefusal';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

const answerLimitMs = 30_000;

export function createPortageApi({ url, apiKey }: { url: string; apiKey: string }) {
  const authorization = `Bearer ${apiKey}`;

  const call = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(answerLimitMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw await refused(response, path);
    return response.json();
  };

  return {
    async createConnectSession(request: {
      userId: string;
      userLabel?: string;
      resources?: readonly string[];
      returnUrl?: string;
      renewsConsentId?: string;
      accountHint?: string;
      replaces?: string;
    }) {
      return connectSession.parse(await call('/v1/connect-sessions', request));
    },
    /** @param before id of the export before which the page begins */
    async getConsent(id: string, before?: string): Promise<ConsentJson> {
      return consent.parse(await call(`/v1/consents/${id}${before === undefined ? '' : `?before=${before}`}`));
    },
    /** @throws PortageRefusal with status 404 when it does not exist; so do all of these functions */
    async getConnectSession(id: string): Promise<ConnectSessionJson> {
      return connectSessionState.parse(await call(`/v1/connect-sessions/${id}`));
    },
    /** Confirms that the user who came back with the code is the one for whom the session was made. */
    async confirmConnectSession(
      id: string,
      confirmation: { code: string; userId: string },
    ): Promise<ConnectSessionJson> {
      return connectSessionState.parse(await call(`/v1/connect-sessions/${id}/confirm`, confirmation));
    },
    /** The number of different records of a consent, by resource. */
    async countRecords(consentId: string): Promise<Map<string, number>> {
      const sums = new Map<string, number>();
      for (const row of counts.parse(await call(`/v1/consents/${consentId}/records/counts`)).counts) {
        sums.set(row.resource, (sums.get(row.resource) ?? 0) + row.new);
      }
      return sums;
    },
    /** The consent that an export belongs to. */
    async consentOfExport(exportId: string): Promise<string> {
      return z.object({ consentId: z.string() }).parse(await call(`/v1/exports/${exportId}`)).consentId;
    },
    /** Opens an answer of any length, such as records or a part; the caller reads or cancels its body. */
    async open(path: string, signal?: AbortSignal): Promise<Response> {
      const response = await fetch(`${url}${path}`, {
        headers: { authorization },
        ...(signal === undefined ? {} : { signal }),
      });
      if (!response.ok) throw await refused(response, path);
      return response;
    },
  };
}

async function refused(response: Response, path: string): Promise<PortageRefusal> {
  const answer = problem.safeParse(await response.json().catch(() => undefined));
  const at = `${path.split('?')[0] ?? path} answered ${response.status}`;
  if (!answer.success) return new PortageRefusal(response.status, '', at, 'Look at the log of Portage.');
  const { code, title, detail, remedy } = answer.data;
  const message = detail === title ? title : `${title}: ${detail}`;
  return new PortageRefusal(response.status, code, message, remedy);
}
