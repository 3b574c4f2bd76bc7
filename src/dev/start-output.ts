/** The output of `npm start` after the start: addresses, log, API key, and a request that works when pasted. */
import { join } from 'node:path';

import { devFiles } from './data-folder';
import { googleSetup } from './google-client';

export interface StartedDev {
  readonly config: {
    readonly publicUrl: string;
    readonly dataDir: string;
    readonly google: {
      readonly clientId: string;
      readonly redirectUri: string;
      readonly emulatorUrl: string | undefined;
    };
  };
  readonly hostAppUrl: string;
  /** Undefined when Temporal runs elsewhere. */
  readonly temporalUiUrl: string | undefined;
}

/** Readable at 80 columns where paths and addresses are not longer than usual. */
export function startOutput(dev: StartedDev): string {
  const { publicUrl, dataDir, google } = dev.config;
  const rows: [string, string | undefined][] = [
    ['Demo app', dev.hostAppUrl],
    ['Portage', publicUrl],
    ['Emulator', google.emulatorUrl],
    ['Temporal UI', dev.temporalUiUrl],
    ['Data', dataDir],
    ['Log', join(dataDir, devFiles.log)],
  ];
  return [
    '',
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(12)} ${value}`])),
    ...(google.emulatorUrl === undefined ? ['', ...googleSetup(google).map((line) => `  ${line}`)] : []),
    '',
    '  Ask for a connect link as your app would; the first line reads the API key:',
    '',
    ...exampleRequest(publicUrl, dataDir).map((line) => `    ${line}`),
    '',
    '  Ctrl-C stops everything.',
  ].join('\n');
}

/** Lines for a POSIX shell; the key does not appear in the terminal's history. */
export function exampleRequest(publicUrl: string, dataDir: string): string[] {
  const keyFile = shellWord(join(dataDir, devFiles.apiKey));
  return [
    `PORTAGE_API_KEY="$(cat ${keyFile})"`,
    `curl -sS ${shellWord(`${publicUrl}/v1/connect-sessions`)} \\`,
    `  -H "Authorization: Bearer $PORTAGE_API_KEY" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"userId":"42","resources":["myactivity.search"],`,
    `       "returnUrl":"https://app.example.com/done"}'`,
  ];
}

/** The text as one word of a POSIX shell, quoted if necessary. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
