/** The file that Google's console offers for an OAuth client. */
import { readFileSync, statSync } from 'node:fs';

import { z } from 'zod';

import type { GoogleClient } from '../database/google-clients';

/** Google's files have less than one KB. */
const mostBytes = 64 * 1024;

const clientFile = z.object({
  web: z.object({
    client_id: z
      .string()
      .max(300)
      .regex(/^[\x21-\x7e]+$/),
    client_secret: z.string().min(1).max(300),
    redirect_uris: z.array(z.string()).default([]),
  }),
});

/**
 * @param path of the JSON file of a client of the type "Web application"
 * @returns the client, with the redirect URIs that it had when the file was made
 * @throws Error naming the file and the remedy; it never contains the secret
 */
export function readGoogleClientFile(path: string): GoogleClient & { readonly redirectUris: readonly string[] } {
  const remedy =
    'Use the JSON file that the Google Cloud console offers for an OAuth client of the type "Web application"';
  let text: string;
  try {
    if (statSync(path).size > mostBytes) throw new Error(`it has more than ${mostBytes} bytes`);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} cannot be read: ${reason}. ${remedy}.`, { cause: error });
  }
  const { success, data } = clientFile.safeParse(parsed(text));
  if (!success) throw new Error(`${path} has no web.client_id and web.client_secret. ${remedy}.`);
  const { client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris } = data.web;
  return { clientId, clientSecret, redirectUris };
}

/** The parser's own message would quote the file. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
