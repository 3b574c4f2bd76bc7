/** The page for requests that Google refuses without sending the person back to the app. */
import { renderPage } from './layout';

export function errorPage(status: number, code: string, explanation: string): string {
  return renderPage({
    title: `Error ${status}`,
    children: (
      <>
        <h1>Access blocked</h1>
        <p>{explanation}</p>
        <p class="quiet">
          Error {status}: <code>{code}</code>
        </p>
        <p class="small quiet">
          The app that sent you here has to change its request, or this account cannot share its data. Nothing was
          shared. You can close this page.
        </p>
      </>
    ),
  });
}
