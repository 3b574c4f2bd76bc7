/** A grant in the row of its connect session, as sealed JSON, until a consent is made of it. */
import { z } from 'zod';

import type { ClientGrant } from '../../google/oauth';
import type { Vault } from '../../vault';

/** The place to which the vault binds the sealed copy of a grant that is in no consent yet. */
export const grantPlace = (sessionId: string) => `connect_sessions/${sessionId}/grant`;

const instant = z.iso.datetime().transform((text) => new Date(text));
const heldGrant = z.object({
  tokens: z.object({
    accessToken: z.string(),
    accessTokenExpiresAt: instant,
    refreshToken: z.string().optional(),
  }),
  resources: z.array(z.string()),
  refreshTokenExpiresAt: instant.optional(),
  isTesting: z.boolean(),
  // Absent in a grant that an earlier release sealed.
  googleClientId: z.string().nullable().default(null),
});

export function sealGrant(vault: Vault, sessionId: string, grant: ClientGrant): string {
  return vault.seal(JSON.stringify(grant), grantPlace(sessionId));
}

/** @throws the vault's errors for a text that was sealed under an unknown key or for another session */
export function openGrant(vault: Vault, sessionId: string, sealed: string): ClientGrant {
  const text = vault.open(sealed, grantPlace(sessionId));
  const { tokens, refreshTokenExpiresAt, ...rest } = heldGrant.parse(JSON.parse(text));
  return { ...rest, refreshTokenExpiresAt, tokens: { ...tokens, refreshToken: tokens.refreshToken } };
}
