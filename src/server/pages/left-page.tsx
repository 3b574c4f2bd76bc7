/** The page after "This is not my device": this browser opens no page of the user after it. */
import { renderPage } from './layout';

export function leftPage(): string {
  return renderPage({
    title: 'Import no longer shown',
    children: (
      <div class="card">
        <h1>This browser no longer shows your import</h1>
        <p>The import continues. To see its progress, open the app in which you started it.</p>
        <p class="quiet">If you are signed in to the app or to Google in this browser, sign out there too.</p>
      </div>
    ),
  });
}
