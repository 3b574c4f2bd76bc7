/** The form in which the demo's user chooses what to bring. */
import { resources, resourceTitle } from '../../domain/resources';
import { renderPage } from '../../server/pages/layout';
import { brand } from './arrived-page';

export interface ConnectView {
  /** Shown first; everything else is folded away unless something of it is ticked. */
  readonly suggested: readonly string[];
  readonly ticked: readonly string[];
  /** Why the last choice was refused. */
  readonly refusal?: string;
  /** Whether an emulator plays Google. */
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
            <legend>Data to bring</legend>
            <p class="quiet">Google takes no more than about 40 kinds in one request. Connect again for the rest.</p>
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
