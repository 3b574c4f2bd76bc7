/** The links on Portage's home page while `portage dev` runs. */
import type { HomeLink } from '../server/home';

/** @returns a link for each defined address */
export function linksTo(urls: {
  demoApp: string;
  emulator: string | undefined;
  temporalUi: string | undefined;
}): HomeLink[] {
  const places = [
    { title: 'Demo app', url: urls.demoApp, about: 'a small app in which you can connect and see the records' },
    { title: 'Emulator', url: urls.emulator, about: 'it takes the place of Google' },
    { title: 'Temporal UI', url: urls.temporalUi, about: 'shows every import as a workflow, with its steps' },
  ];
  return places.flatMap(({ url, ...place }) => (url === undefined ? [] : [{ ...place, url }]));
}
