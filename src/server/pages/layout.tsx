/** The common HTML of every page: head, brand line and main part. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/**
 * @param brand the name at the top of the page; "Portage" by default
 * @param script path of a script the page needs
 * @returns a whole HTML document; everything in it was escaped by the renderer
 */
export function renderPage(page: {
  title: string;
  brand?: string;
  script?: string;
  children: ComponentChildren;
}): string {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>{page.title}</title>
        <link rel="stylesheet" href="/public/portage.css" />
        <link rel="icon" href="data:," />
        {page.script === undefined ? null : <script type="module" src={page.script} />}
      </head>
      <body>
        <header class="brand">{page.brand ?? 'Portage'}</header>
        <main>{page.children}</main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(document)}`;
}

/** A part of a page, which the server sends again when it changes. */
export function renderFragment(fragment: VNode): string {
  return renderToString(fragment);
}
