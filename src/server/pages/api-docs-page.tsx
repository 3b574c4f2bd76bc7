/** The page that Swagger UI fills. */
import { renderToString } from 'preact-render-to-string';

/** @returns a whole HTML document. It has only Swagger UI's style, since Portage's own would change its controls */
export function apiDocsPage(): string {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>The API of Portage</title>
        <link rel="stylesheet" href="/v1/docs/swagger-ui.css" />
        <link rel="icon" href="data:," />
        <script defer src="/v1/docs/swagger-ui-bundle.js" />
        <script defer src="/public/api-docs.js" />
      </head>
      <body>
        <div id="api">
          <noscript>
            This page needs JavaScript. The document is at <a href="/v1/openapi.json">/v1/openapi.json</a>.
          </noscript>
        </div>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(document)}`;
}
