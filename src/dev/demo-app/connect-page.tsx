/** The form in which the user of the demo app chooses the data to import. */
import { resources, resourceTitle } from '../../domain/resources';
import { renderPage } from '../../server/pages/layout';
import { brand } from './arrived-page';

export interface ConnectView {
  /** The form shows these first. All others are folded, unless one of them is ticked. */
  readonly suggested: readonly string[];
  readonly ticked: readonly string[];
  /** The reason why Portage refused the last choice. */
  readonly refusal?: string;
  /** Whether an emulator is used in place of Google. */
  readonly usesEmulator: boolean;
}

export function connectPage({ suggested, ticked, refusal, usesEmulator }: ConnectView): string {
  const others = [...new Set([...resources.keys(), ...ticked])].filter((resource) => !suggested.includes(resource));
  const isOpen = others.some((resource) => ticked.includes(resource));
  return renderPage({
    title: 'Connect Google',
    brand,
    children: (
      <div class="card">
        <h1>Connect Google</h1>
        <p>
          This page takes the place of your own app. Choose some data and connect:{' '}
          {usesEmulator ? 'the emulator of Google' : 'Google'} asks for your consent, Portage imports the data, and this
          app shows the records.
        </p>
        {refusal === undefined ? null : (
          <p class="refusal" role="alert">
            {refusal}
          </p>
        )}
        <form method="post" action="/connect">
          <fieldset>
            <legend>Data to import</legend>
            <p class="quiet">
              Portage names at most about 40 resources in one request to Google. Connect again for more resources.
            </p>
            <Choices names={suggested} ticked={ticked} />
            <details open={isOpen}>
              <summary>All other resources</summary>
              <Choices names={others} ticked={ticked} />
            </details>
          </fieldset>
          <p>
            <button class="button" type="submit">
              Connect Google
            </button>
          </p>
        </form>
        <p>
          <a href="/">Your data</a>
        </p>
      </div>
    ),
  });
}

function Choices({ names, ticked }: { names: readonly string[]; ticked: readonly string[] }) {
  return (
    <ul class="plain">
      {names.map((name) => (
        <li key={name}>
          <label>
            <input type="checkbox" name="resource" value={name} checked={ticked.includes(name)} /> {resourceTitle(name)}{' '}
            <code class="quiet">{name}</code>
          </label>
        </li>
      ))}
    </ul>
  );
}
