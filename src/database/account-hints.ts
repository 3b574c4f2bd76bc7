/** The hashes of account hints: a hint may be a person's address, so only an HMAC of it is stored. */
import { createHmac } from 'node:crypto';

import type { OwnSecrets } from './own-secrets';

export type AccountHints = ReturnType<typeof createAccountHints>;

export function createAccountHints(secrets: OwnSecrets) {
  return {
    /**
     * HMAC-SHA-256 under a secret of this installation. It covers the user, so that equal hints of two users have
     * different hashes.
     *
     * @param user the host app's id and its id of the user
     * @returns hexadecimal
     * @throws PortageError `VAULT_KEY_MISSING`, `VAULT_SEAL_BROKEN`
     */
    async hashOf(user: { readonly hostAppId: string; readonly userId: string }, hint: string): Promise<string> {
      const secret = await secrets.open('account-hints');
      return createHmac('sha256', secret)
        .update(JSON.stringify([user.hostAppId, user.userId, hint]))
        .digest('hex');
    },
  };
}
