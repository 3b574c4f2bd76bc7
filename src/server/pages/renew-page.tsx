/** The page for a renewal: it explains the renewal, or states that none is needed. */
import type { Consent } from '../../database/consents';
import type { Renewal } from '../../domain/renewal-window';
import { formatDay } from './format';
import { renderPage, type Branding } from './layout';

interface RenewPage {
  readonly hostApp: string;
  readonly branding: Branding;
  readonly consent: Consent;
  readonly renewal: Renewal;
  /** Google's own page, for this project. */
  readonly googleUrl: string;
  /** Address of the host app, already checked to be http(s). */
  readonly returnUrl: string | undefined;
}

export function renewPage(page: RenewPage): string {
  const { hostApp, returnUrl } = page;
  return renderPage({
    title: `Sharing with ${hostApp}`,
    branding: page.branding,
    children: (
      <div class="card">
        <Body {...page} />
        <p>
          <a href={`/consents/${page.consent.id}`}>See your exports</a>
          {returnUrl === undefined ? null : (
            <>
              {' · '}
              <a href={returnUrl}>Back to the app</a>
            </>
          )}
        </p>
      </div>
    ),
  });
}

function Body({ hostApp, consent, renewal, googleUrl }: RenewPage) {
  const { endsAt } = consent;
  if (renewal.state === 'ended') {
    return (
      <>
        <h1>Sharing with {hostApp} has ended</h1>
        <p>Access that has ended cannot be renewed. To share again, go back to the app and connect again.</p>
      </>
    );
  }
  if (renewal.state === 'not_offered' || endsAt === null) {
    return (
      <>
        <h1>There is nothing to renew</h1>
        <p>
          {consent.accessType === 'time_based'
            ? 'To continue to share after the end, connect again from the app.'
            : 'You gave access for one export only. To share again, connect again from the app.'}
        </p>
      </>
    );
  }
  if (renewal.state === 'not_needed') {
    return (
      <>
        <h1>There is nothing to do yet</h1>
        <p>
          You share with {hostApp} until {formatDay(endsAt)}.{' '}
          {renewal.from === null
            ? 'Google does not let you renew yet.'
            : `Google lets you renew from ${formatDay(renewal.from)} on.`}
        </p>
      </>
    );
  }
  return (
    <>
      <h1>Continue to share with {hostApp}</h1>
      <p>
        You share until {formatDay(endsAt)}. If you renew at Google, Portage continues to export your data every day
        after that. If you do not renew, sharing ends on that day.
      </p>
      <a class="button" href={googleUrl}>
        Renew at Google
      </a>
      <h2>If Google asks you to connect again</h2>
      <p>Some renewals take effect only after you connect again. You can also connect again without renewing first.</p>
      <form method="post" action={`/consents/${consent.id}/renew`}>
        <button class="button second" type="submit">
          Connect again
        </button>
      </form>
      <p class="quiet">Portage notices a renewal at Google within a day; until then this page shows the old date.</p>
    </>
  );
}
