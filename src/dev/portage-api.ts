/** Portage's JSON routes as a host app calls them: plain HTTP with an API key. */
import { z } from 'zod';

const connectSession = z.object({ id: z.string(), connectUrl: z.url(), expiresAt: z.string() });

const consent = z.object({
  id: z.string(),
  userId: z.string(),
  state: z.string(),
  errorCode: z.string().nullable(),
  accessType: z.string().nullable(),
  grantedResources: z.array(z.string()),
  supersededResources: z.array(z.string()),
  since: z.string().nullable(),
  endsAt: z.string().nullable(),
  pausedAt: z.string().nullable(),
  batchedAt: z.string().nullable(),
  resetAnswer: z.string().nullable(),
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
      partsTotal: z.number().nullable(),
      files: z.number().nullable(),
      bytes: z.number().nullable(),
      records: z.object({ state: z.string(), read: z.number().optional() }).nullable(),
      parts: z.array(
        z.object({ number: z.number(), bytes: z.number(), sha256: z.string().nullable(), path: z.string() }),
      ),
    }),
  ),
  /** Asks for the exports before these; null when there are none. */
  nextBefore: z.string().nullable(),
});

export type ConsentJson = z.infer<typeof consent>;
export type PortageApi = ReturnType<typeof createPortageApi>;

export function createPortageApi({ url, apiKey }: { url: string; apiKey: string }) {
  const call = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new Error(`${path.split('?')[0] ?? path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };

  return {
    async createConnectSession(request: {
      userId: string;
      resources?: readonly string[];
      returnUrl?: string;
      renewsConsentId?: string;
    }) {
      return connectSession.parse(await call('/v1/connect-sessions', request));
    },
    /** @param before id of the export before which the page begins */
    async getConsent(id: string, before?: string): Promise<ConsentJson> {
      return consent.parse(await call(`/v1/consents/${id}${before === undefined ? '' : `?before=${before}`}`));
    },
  };
}
