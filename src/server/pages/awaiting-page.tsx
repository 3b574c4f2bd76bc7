/** The page for a user who opens the connect page again before the app has confirmed. */
import { renderPage, type Branding } from './layout';

interface AwaitingPage {
  readonly hostApp: string;
  readonly branding: Branding;
  /** The host app's address with a code, already checked to be http(s). */
  readonly returnAddress: string;
}

export function awaitingPage({ hostApp, branding, returnAddress }: AwaitingPage): string {
  return renderPage({
    title: `Back to ${hostApp}`,
    branding,
    children: (
      <div class="card">
        <h1>Google has answered. Go back to {hostApp}, which then confirms that this is your account.</h1>
        <p>Portage fetches nothing before that. If you did not start this in {hostApp}, close this page.</p>
        <a class="button" href={returnAddress}>
          Back to the app
        </a>
      </div>
    ),
  });
}
