/** The page that every connect link leads to: its script sends the secret of the link, which the server has not seen yet. */
import { renderPage } from './layout';

/** The page is the same for every link, so a program that fetches it learns nothing and changes nothing. */
export function openLinkPage(): string {
  return renderPage({
    title: 'Connect Google',
    script: '/public/open-link.js',
    children: (
      <form class="card later" method="post" action="/connect/open">
        <h1>This link did not open automatically</h1>
        <p>
          This browser runs no scripts, or the link is not complete. Paste the whole link here: it is the address of
          this page, and ends with a <code>#</code> and 43 more characters. If it does not, go back to the app and start
          again.
        </p>
        <p>
          <label>
            Link <input name="link" required autocomplete="off" />
          </label>
        </p>
        <button class="button" type="submit">
          Open
        </button>
      </form>
    ),
  });
}
