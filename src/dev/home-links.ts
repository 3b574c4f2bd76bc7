/** What Portage's home page leads to while `portage dev` runs. */
import type { HomeLink } from '../server/home';

/** @returns a link for each address that there is */
export function linksTo(urls: {
  demoApp: string;
  emulator: string | undefined;
  temporalUi: string | undefined;
}): HomeLink[] {
  const places = [
    { title: 'Demo app', url: urls.demoApp, about: 'a small app to connect from and to see the records in' },
    { title: 'Emulator', url: urls.emulator, about: 'the pretend Google' },
    { title: 'Temporal UI', url: urls.temporalUi, about: 'every import as a workflow, with its steps' },
  ];
  return places.flatMap(({ url, ...place }) => (url === undefined ? [] : [{ ...place, url }]));
}
