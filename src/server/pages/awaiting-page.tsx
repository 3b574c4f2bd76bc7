/** What the user reads who opens the connect page again before the app has confirmed. */
import { renderPage } from './layout';

/** @param returnAddress the host app's address with a code, already checked to be http(s) */
export function awaitingPage({ hostApp, returnAddress }: { hostApp: string; returnAddress: string }): string {
  return renderPage({
    title: `Back to ${hostApp}`,
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
