/** The common HTML of every page: head, brand line and main part. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** How a host app shows itself on its pages. Its addresses are https addresses that an operator set. */
export interface Branding {
  readonly name: string | undefined;
  readonly supportUrl: string | undefined;
  readonly privacyUrl: string | undefined;
  /** `#rrggbb` in lower case. */
  readonly accentColour: string | undefined;
}

/**
 * @param brand the name at the top of the page; "Portage" by default
 * @param branding of the host app whose page it is
 * @param script path of a script the page needs
 * @returns a whole HTML document; everything in it was escaped by the renderer
 */
export function renderPage(page: {
  title: string;
  brand?: string;
  branding?: Branding;
  script?: string;
  children: ComponentChildren;
}): string {
  const { name, supportUrl, privacyUrl, accentColour } = page.branding ?? {};
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="same-origin" />
        <title>{page.title}</title>
        <link rel="stylesheet" href="/public/portage.css" />
        {accentColour === undefined ? null : <link rel="stylesheet" href={`/accent/${accentColour.slice(1)}.css`} />}
        <link rel="icon" href="data:," />
        {page.script === undefined ? null : <script type="module" src={page.script} />}
      </head>
      <body>
        <header class="brand">{page.brand ?? name ?? 'Portage'}</header>
        <main>
          {page.children}
          {supportUrl === undefined && privacyUrl === undefined ? null : (
            <p class="quiet">
              {supportUrl === undefined ? null : <a href={supportUrl}>Help</a>}{' '}
              {privacyUrl === undefined ? null : <a href={privacyUrl}>Privacy policy</a>}
            </p>
          )}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(document)}`;
}

/** A part of a page, which the server sends again when it changes. */
export function renderFragment(fragment: VNode): string {
  return renderToString(fragment);
}
