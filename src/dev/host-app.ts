/**
 * A small host app to click through: it has one user and an API key, sends the browser to Portage and shows the data.
 */
import type { Listener } from '../listener';
import { createDemoApp, type DemoAppOptions } from './demo-app/routes';

export interface HostAppOptions extends Omit<DemoAppOptions, 'url'> {
  /** Its socket; `stop` closes it. */
  readonly listener: Listener;
}

export function startHostApp({ listener, ...options }: HostAppOptions): { url: string; stop(): Promise<void> } {
  const url = `http://localhost:${listener.port}`;
  listener.serve(createDemoApp({ ...options, url }));
  return { url, stop: () => listener.close() };
}
