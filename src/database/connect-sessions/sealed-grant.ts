/** A grant as the row of its connect session holds it until a consent is made of it: as sealed JSON. */
import { z } from 'zod';

import type { ClientGrant } from '../../google/oauth';
import type { Vault } from '../../vault';

/** What the vault binds the sealed copy of a grant to that no consent holds yet. */
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
  // Absent where an earlier release sealed it.
  googleClientId: z.string().nullable().default(null),
});

export function sealGrant(vault: Vault, sessionId: string, grant: ClientGrant): string {
  return vault.seal(JSON.stringify(grant), grantPlace(sessionId));
}

/** @throws what the vault throws for a text that was sealed under an unknown key or for another session */
export function openGrant(vault: Vault, sessionId: string, sealed: string): ClientGrant {
  const text = vault.open(sealed, grantPlace(sessionId));
  const { tokens, refreshTokenExpiresAt, ...rest } = heldGrant.parse(JSON.parse(text));
  return { ...rest, refreshTokenExpiresAt, tokens: { ...tokens, refreshToken: tokens.refreshToken } };
}
