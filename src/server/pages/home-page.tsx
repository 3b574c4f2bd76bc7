/** The page at Portage's own address: it explains what this server is, how users connect, and where to find more. */
import { renderPage } from './layout';

/** A link on the home page, such as the one to the demo app of `portage dev`. */
export interface HomeLink {
  readonly title: string;
  readonly url: string;
  /** A short description of the page. */
  readonly about: string;
}

/**
 * @param links in addition to the addresses that every server has; the page is public, so nothing here may be secret
 */
export function homePage(links: readonly HomeLink[]): string {
  return renderPage({
    title: 'Portage',
    children: (
      <div class="card">
        <h1>Portage</h1>
        <p>
          This server imports a person’s data from Google into an app that the person uses, with Google’s Data
          Portability API.
        </p>
        <h2>If an app sent you here</h2>
        <p>
          Go back to the app and open its link to connect Google. There is nothing to log in to on this page. The status
          page of your import opens only in the browser in which you connected.
        </p>
        {links.length === 0 ? null : (
          <>
            <h2>On this machine</h2>
            <dl class="facts stacked">
              {links.map((link) => (
                <Place key={link.url} {...link} />
              ))}
            </dl>
          </>
        )}
        <h2>If you develop the app or run this server</h2>
        <dl class="facts stacked">
          <Place title="/healthz" url="/healthz" about="shows whether the server runs" />
          <Place title="/readyz" url="/readyz" about="shows whether the server can do its work" />
          <dt>
            <code>/v1/…</code>
          </dt>
          <dd>the JSON API for apps; requests need an API key. /v1/docs explains the API and needs no key</dd>
          <dt>Documentation</dt>
          <dd>
            README.md and the folder <code>docs</code> of this release
          </dd>
        </dl>
      </div>
    ),
  });
}

function Place({ title, url, about }: HomeLink) {
  return (
    <>
      <dt>
        <a href={url}>{title}</a>
      </dt>
      <dd>{about}</dd>
    </>
  );
}
