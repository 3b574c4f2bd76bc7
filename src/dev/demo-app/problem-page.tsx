/** A page with one message and links to the other pages. */
import { renderPage } from '../../server/pages/layout';
import { brand } from './arrived-page';

export function problemPage({ title, remedy }: { title: string; remedy: string }): string {
  return renderPage({
    title,
    brand,
    children: (
      <div class="card">
        <h1>{title}</h1>
        <p>{remedy}</p>
        <p>
          <a href="/">Your data</a> · <a href="/connect">Connect Google</a>
        </p>
      </div>
    ),
  });
}
