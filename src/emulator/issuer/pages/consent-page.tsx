/** The consent screen: which account, which data, for how long. */
import { findResource } from '../../resources';
import type { Account } from '../../state';
import type { AuthorizationRequest } from '../authorization-request';
import { renderPage } from './layout';

export interface ConsentPageProps {
  request: AuthorizationRequest;
  accounts: Account[];
  /** Where the form is posted: the request's own path and query. */
  action: string;
}

const periods = [
  { value: 'once', label: 'One time', hint: 'A single copy of each kind of data.' },
  { value: '30d', label: '30 days', hint: 'A new copy at most once a day, until 30 days are over.' },
  { value: '180d', label: '180 days', hint: 'A new copy at most once a day, until 180 days are over.' },
] as const;

export function consentPage({ request, accounts, action }: ConsentPageProps): string {
  const chosen = accounts.find((account) => account.email === request.loginHint) ?? accounts[0];
  return renderPage({
    title: 'Share a copy of your data',
    children: (
      <form method="post" action={action}>
        <h1>{request.client.appName} wants a copy of your data</h1>
        <p class="quiet">You decide what is copied and for how long. You can remove the access at any time.</p>
        <fieldset>
          <legend>Account</legend>
          {accounts.map((account) => (
            <label class="choice" key={account.accountId}>
              <input type="radio" name="account" value={account.accountId} checked={account === chosen} />
              <span>
                {account.name}
                <span class="small quiet">{[account.email, ...traits(account)].join(' · ')}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>What to copy</legend>
          <div class="choices" tabIndex={0} role="group" aria-label="Kinds of data">
            {request.resources.map((resource) => (
              <label class="choice" key={resource}>
                <input type="checkbox" name="granted" value={resource} checked />
                <span>
                  {findResource(resource)?.title}
                  <span class="small quiet">
                    {findResource(resource)?.service} · <code>{resource}</code>
                  </span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>How long</legend>
          {periods.map(({ value, label, hint }) => (
            <label class="choice" key={value}>
              <input type="radio" name="access" value={value} checked={value === 'once'} />
              <span>
                {label}
                <span class="small quiet">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="actions">
          <button type="submit" name="action" value="decline">
            Cancel
          </button>
          <button type="submit" name="action" value="allow" class="primary">
            Allow
          </button>
        </div>
      </form>
    ),
  });
}

/** The reason why Google refuses an account, so that a person can try each refusal. */
function traits(account: Account): string[] {
  return [
    account.under18 && 'under 18',
    account.advancedProtection && 'Advanced Protection',
    account.blockedByAdministrator && 'managed, not allowed',
    account.locale !== 'en' && `language ${account.locale}`,
    `country ${account.accountCountry}`,
  ].filter((trait) => trait !== false);
}
