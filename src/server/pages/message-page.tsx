/** A page with one message: what happened, and what the user can do. */
import { errorTable, type ErrorCode } from '../../domain/error-codes';
import { renderPage } from './layout';

/** @param returnUrl address of the host app, already checked to be http(s) */
export function messagePage(page: { code: ErrorCode; returnUrl?: string | undefined }): string {
  const { message, remedy } = errorTable[page.code];
  return renderPage({
    title: message,
    children: (
      <div class="card">
        <h1>{message}</h1>
        <p>{remedy}</p>
        <p class="quiet">
          <code>{page.code}</code>
        </p>
        {page.code === 'NOT_FOUND' ? (
          <p>
            <a href="/">What this server is</a>
          </p>
        ) : null}
        {page.returnUrl === undefined ? null : (
          <a class="button" href={page.returnUrl}>
            Back to the app
          </a>
        )}
      </div>
    ),
  });
}
