/** The page at the emulator's own address: its purpose, the pages for a person, the addresses for a program. */
import { renderPage } from './layout';

export interface HomePageProps {
  baseUrl: string;
  /** False when the control plane is left out. */
  control: boolean;
  /** The registered OAuth clients, with the addresses to which the consent screen sends people back. */
  apps: { clientId: string; redirectUris: readonly string[] }[];
}

export function homePage({ baseUrl, control, apps }: HomePageProps): string {
  return renderPage({
    title: 'Start',
    children: (
      <>
        <h1>Google emulator</h1>
        <p>
          This server takes the place of Google during development. It has the consent screen, the Data Portability API
          and the downloads. The data is generated, or comes from your own files.
        </p>
        <h2>For a person</h2>
        <ul>
          <li>
            The <strong>consent screen</strong> opens when an app sends you here. Start in the app.
          </li>
          <li>
            <a href="/connections">Connections</a>: the data that each app can copy, and buttons to renew or remove the
            access
          </li>
          {control && (
            <li>
              <a href="/_emulator/">Overview</a>: jobs, grants, locks, accounts, and buttons that advance the clock
            </li>
          )}
        </ul>
        <h2>For a program</h2>
        <p>
          Base URL in place of Google’s addresses: <code>{baseUrl}</code>
        </p>
        <p>
          {control ? (
            <>
              Control plane: <code>{baseUrl}/_emulator/</code>
            </>
          ) : (
            <>
              The control plane is off. The option <code>--control</code> turns it on.
            </>
          )}
        </p>
        <p>
          Documentation: <code>docs/emulator.md</code> of this release
        </p>
        <h2>Registered OAuth clients</h2>
        <ul>
          {apps.map(({ clientId, redirectUris }) => (
            <li key={clientId}>
              <code>{clientId}</code>
              {redirectUris.map((uri) => (
                <span key={uri} class="small quiet block">
                  Redirect URI <code>{uri}</code>
                </span>
              ))}
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

/** For a person who opens an unknown address; programs get Google's own answer. */
export function notFoundPage(path: string): string {
  return renderPage({
    title: 'Error 404',
    children: (
      <>
        <h1>There is no such page</h1>
        <p>
          The emulator has nothing at <code>{path}</code>.
        </p>
        <p>
          <a href="/">What this is and where to go</a>
        </p>
      </>
    ),
  });
}
