/** The operations on connect sessions (docs/api.md, "A connect session and its states"). */
import { z } from 'zod';

import { connectSessionStates } from '../../domain/states';
import { returnParameters } from '../return-parameters';
import { errorCode, id, recordChoice, time } from './fields';
import { defineOperation } from './operation';
import { idListParameters, listOf, oneOf, userIdFilter } from './query-fields';

/** The address to which the browser comes back; it must not contain the parameters that Portage adds. */
const returnUrl = z
  .url({ protocol: /^https?$/, error: 'is not an address with http or https' })
  .max(2_000)
  // People may take the text before an `@` for the host, but it is a user name.
  .refine(
    (text) => isNoUrlOr(text, ({ username, password }) => username === '' && password === ''),
    'names a user or a password',
  )
  .refine(
    (text) =>
      isNoUrlOr(text, ({ searchParams }) => Object.values(returnParameters).every((name) => !searchParams.has(name))),
    `has one of the parameters that Portage adds: ${Object.values(returnParameters).join(', ')}`,
  )
  .describe('Where Portage sends the browser after Google. Needed where the host app confirms its sessions');

/** All checks run on every text. They accept a text that is not a URL, because the first check refuses it. */
function isNoUrlOr(text: string, isFine: (url: URL) => boolean): boolean {
  return !URL.canParse(text) || isFine(new URL(text));
}

/** Cross-checks run even when checks of single fields fail, so that one answer names all faults. */
const always = { when: () => true };
type Asked = Partial<
  Record<'resources' | 'renewsConsentId' | 'since' | 'records' | 'accountHint' | 'replaces', unknown>
> | null;
const isRenewal = (asked: Asked) => asked?.renewsConsentId !== undefined;

export const connectSessionRequest = z
  .strictObject({
    userId: z.string().min(1).max(200).describe('Your own, opaque id of your user'),
    userLabel: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u, 'has control characters')
      .meta({ override: { pattern: undefined } })
      .describe('How the connect page names the account that the data goes to. Deleted when the session ends')
      .optional(),
    resources: z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(100)
      .describe('What the user is asked for, such as `myactivity.search`. A renewal may leave it out')
      .optional(),
    returnUrl: returnUrl.optional(),
    since: z.iso.datetime({ offset: true }).describe('Only data from this time on').optional(),
    records: recordChoice.describe('The records that Portage keeps; all others are deleted').optional(),
    renewsConsentId: z
      .string()
      .min(1)
      .max(100)
      .describe('An active time-based consent of this user that the new grant extends')
      .optional(),
    accountHint: z
      .string()
      .min(1)
      .max(200)
      .describe('Your own, opaque id of the Google account that the user is to choose. Stored as an HMAC')
      .optional(),
    replaces: z
      .string()
      .min(1)
      .max(100)
      .describe('An active time-based consent of this user whose exports the new one takes over')
      .optional(),
  })
  .refine((asked: Asked) => asked?.resources !== undefined || isRenewal(asked), {
    ...{ path: ['resources'], message: 'is missing' },
    ...always,
  })
  .refine((asked: Asked) => asked?.since === undefined || !isRenewal(asked), {
    ...{ path: ['since'], message: 'cannot be changed by a renewal' },
    ...always,
  })
  .refine((asked: Asked) => asked?.records === undefined || !isRenewal(asked), {
    ...{ path: ['records'], message: 'cannot be changed by a renewal' },
    ...always,
  })
  .refine((asked: Asked) => asked?.accountHint === undefined || !isRenewal(asked), {
    ...{ path: ['accountHint'], message: 'cannot be changed by a renewal' },
    ...always,
  })
  .refine((asked: Asked) => asked?.replaces === undefined || !isRenewal(asked), {
    ...{ path: ['replaces'], message: 'is not for a renewal' },
    ...always,
  })
  .meta({ id: 'ConnectSessionRequest' });

export const connectSession = z
  .object({
    ...{ id, userId: z.string().nullable().describe('Null once the data of the user are deleted') },
    state: z.enum(connectSessionStates),
    errorCode,
    resources: z.array(z.string()),
    since: time.nullable(),
    renewsConsentId: id.nullable(),
    renewed: z
      .boolean()
      .nullable()
      .describe('Whether the grant renewed that consent; false when it became a consent of its own'),
    replaces: id.nullable().describe('As the request had it'),
    consentId: id.nullable(),
    ...{ createdAt: time, expiresAt: time },
    confirmBy: time.nullable().describe('Until when your app can confirm the session'),
    confirmedAt: time.nullable(),
  })
  .meta({ id: 'ConnectSession' });

export const createConnectSession = defineOperation({
  operationId: 'createConnectSession',
  method: 'post',
  path: '/connect-sessions',
  tag: 'Connect sessions',
  summary: 'Ask for a connect link for one user',
  scope: 'connect',
  body: connectSessionRequest,
  success: {
    status: 201,
    description: 'The session was made. Send the browser of the user to `connectUrl`',
    json: z.object({
      id,
      connectUrl: z
        .url()
        .describe(
          'A secret of this user: it belongs to the first browser that opens it. Give it to the browser unchanged; the part behind its `#` reaches no log of a proxy',
        ),
      expiresAt: time,
    }),
  },
  errors: [
    ...(['RETURN_URL_NOT_ALLOWED', 'RESOURCE_UNKNOWN', 'RESOURCES_TOO_MANY', 'NOT_FOUND'] as const),
    ...(['CONSENT_NOT_RENEWABLE', 'CONSENT_NOT_REPLACEABLE'] as const),
    ...(['CONSENTS_QUOTA_REACHED', 'SESSIONS_QUOTA_REACHED'] as const),
  ],
});

export const listConnectSessions = defineOperation({
  operationId: 'listConnectSessions',
  method: 'get',
  path: '/connect-sessions',
  tag: 'Connect sessions',
  summary: 'List connect sessions, newest first',
  scope: 'connect',
  query: z.strictObject({
    userId: userIdFilter,
    state: oneOf(connectSessionStates).describe('Only in this state').optional(),
    ...idListParameters('cns'),
  }),
  success: { status: 200, description: 'The sessions', json: listOf(connectSession) },
  errors: [],
});

export const getConnectSession = defineOperation({
  operationId: 'getConnectSession',
  method: 'get',
  path: '/connect-sessions/:id',
  tag: 'Connect sessions',
  summary: 'Show a connect session and its state',
  scope: 'connect',
  parameters: z.object({ id }),
  success: { status: 200, description: 'The session', json: connectSession },
  errors: ['NOT_FOUND'],
});

export const confirmConnectSession = defineOperation({
  operationId: 'confirmConnectSession',
  method: 'post',
  path: '/connect-sessions/:id/confirm',
  tag: 'Connect sessions',
  summary: 'Confirm that the user who came back is the one for whom the session was made',
  description: 'A repeat gets the same answer. Call it from your server, with the user of your own login.',
  scope: 'connect',
  parameters: z.object({ id }),
  body: z.strictObject({
    code: z.string().min(1).max(200).describe('The value of `portage_code` with which the browser came back'),
    userId: z.string().min(1).max(200).describe('Your user who is signed in in that browser'),
  }),
  bodyLimit: 4 * 1024,
  secrets: ['code'],
  success: { status: 200, description: 'The session, now `connected`', json: connectSession },
  errors: [
    ...(['NOT_FOUND', 'NOTHING_TO_CONFIRM', 'CONFIRMATION_CODE_WRONG', 'CONFIRMATION_USER_WRONG'] as const),
    ...(['CONFIRMATION_VOID', 'CONFIRMATION_EXPIRED'] as const),
  ],
});

export const cancelConnectSession = defineOperation({
  operationId: 'cancelConnectSession',
  method: 'post',
  path: '/connect-sessions/:id/cancel',
  tag: 'Connect sessions',
  summary: 'End a connect session, so that its link stops working',
  description:
    'Portage resets the authorization of a grant that awaits its confirmation, and revokes a grant that Google gives later. A repeat changes nothing, and neither does a request for a session that has ended without a consent. After a 503, send the request again.',
  scope: 'connect',
  parameters: z.object({ id }),
  success: { status: 200, description: 'The session, now `cancelled` or as it had ended before', json: connectSession },
  errors: ['NOT_FOUND', 'CONNECT_SESSION_CONNECTED', 'NOT_READY', 'VAULT_KEY_MISSING', 'VAULT_SEAL_BROKEN'],
});
