/** Who may not use the Data Portability API, and how Google refuses them (docs/google-api.md §11, §12). */
import { isServedCountry } from '../accounts';
import type { Client } from '../clients';
import type { Account } from '../state';
import type { Switches } from '../switches';

export type Refused =
  { how: 'page'; status: number; code: string; explanation: string } | { how: 'redirect'; error: 'access_denied' };

export function refusedFor(account: Account, client: Client, switches: Switches): Refused | undefined {
  if (account.blockedByAdministrator) {
    return {
      how: 'page',
      status: 400,
      code: 'admin_policy_enforced',
      explanation: "The administrator of this account's organisation does not allow this app.",
    };
  }
  if (client.publishing === 'testing' && client.testUsers?.includes(account.email) === false) {
    return {
      how: 'page',
      status: 403,
      code: 'access_denied',
      explanation: 'The app is being tested and this account is not among its test users.',
    };
  }
  if (account.under18) {
    return {
      how: 'page',
      status: 403,
      code: 'access_denied',
      explanation: 'People under 18 cannot share a copy of their data with this app.',
    };
  }
  const country = switches.Q15 === 'A' ? account.accountCountry : account.addressCountry;
  if (account.advancedProtection || !isServedCountry(country)) return { how: 'redirect', error: 'access_denied' };
  return undefined;
}
