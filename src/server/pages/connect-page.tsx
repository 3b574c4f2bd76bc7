/** What the user reads before going to Google. */
import { resourceTitle } from '../../domain/resources';
import { renderPage } from './layout';

/** @param startPath where the button posts to */
export function connectPage(page: { hostApp: string; resources: readonly string[]; startPath: string }): string {
  return renderPage({
    title: `Connect Google with ${page.hostApp}`,
    children: (
      <div class="card">
        <h1>Bring your Google data to {page.hostApp}</h1>
        <p>
          {page.hostApp} asks for a copy of the data below. You decide at Google: untick what you do not want to share,
          and choose whether to share once, for 30 days or for 180 days.
        </p>
        <h2>Asked for</h2>
        <ul class="plain">
          {page.resources.map((resource) => (
            <li key={resource}>
              {resourceTitle(resource)} <code class="quiet">{resource}</code>
            </li>
          ))}
        </ul>
        <h2>What happens then</h2>
        <p>
          Google prepares an archive, which takes from minutes to days. Portage fetches it, checks that it is whole and
          keeps it for {page.hostApp}. If you share once, the permission is given back to Google right after. You can
          take it back yourself at any time in your Google account.
        </p>
        <form method="post" action={page.startPath}>
          <button class="button" type="submit">
            Continue to Google
          </button>
        </form>
      </div>
    ),
  });
}
