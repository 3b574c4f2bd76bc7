/** The connect sessions and consents of each user. Every host app stores this; the demo app uses one small file. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { z } from 'zod';

const connection = z.object({
  sessionId: z.string(),
  /** Null until the user has consented at Google. */
  consentId: z.string().nullable(),
  /** The requested resources. */
  resources: z.array(z.string()),
  startedAt: z.string(),
});
const content = z.object({ version: z.literal(1), users: z.record(z.string(), z.array(connection)) });

export type Connection = Readonly<z.infer<typeof connection>>;
export type KeptConnections = ReturnType<typeof openKeptConnections>;

/** Older connections of a user than these are forgotten; Portage keeps their consents. */
const keptPerUser = 20;

/**
 * Opens the file, which is created with the first connection. An unreadable file counts as empty: its content can still
 * be looked up in Portage.
 *
 * @param file undefined keeps everything in memory only
 */
export function openKeptConnections(file: string | undefined) {
  const users = new Map<string, Connection[]>(Object.entries(file === undefined ? {} : read(file)));

  const change = (userId: string, connections: readonly Connection[]): void => {
    users.set(userId, connections.slice(0, keptPerUser));
    if (file !== undefined) write(file, Object.fromEntries(users));
  };
  const connectionsOf = (userId: string): readonly Connection[] => users.get(userId) ?? [];

  return {
    /** A user's connections, the newest first. */
    connectionsOf,
    find: (userId: string, sessionId: string) => connectionsOf(userId).find((each) => each.sessionId === sessionId),
    add: (userId: string, added: Connection) => change(userId, [added, ...connectionsOf(userId)]),
    setConsent(userId: string, sessionId: string, consentId: string) {
      change(
        userId,
        connectionsOf(userId).map((each) => (each.sessionId === sessionId ? { ...each, consentId } : each)),
      );
    },
    /** For a connection that Portage does not know, for example after its database was replaced. */
    forget: (userId: string, sessionId: string) =>
      change(
        userId,
        connectionsOf(userId).filter((each) => each.sessionId !== sessionId),
      ),
  };
}

function read(file: string): Record<string, Connection[]> {
  try {
    return content.parse(JSON.parse(readFileSync(file, 'utf8'))).users;
  } catch {
    return {};
  }
}

/** Writes a second file and renames it, so that a crash leaves the old or the new content. */
function write(file: string, users: Record<string, Connection[]>): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify({ version: 1, users })}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
