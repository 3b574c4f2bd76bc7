/** Gets the state and the records of a connection through Portage's API, as any host app can. */
import type { ConsentJson, PortageApi } from '../portage-api';
import { PortageRefusal } from '../portage-api';
import { readFirstRecords, type RecordLine } from './first-records';
import type { Connection, KeptConnections } from './kept-connections';

/** The exports and first records of one resource. */
export interface ArrivedResource {
  readonly resource: string;
  /** Newest first. When a consent has more exports than Portage lists in one answer, only the newest. */
  readonly exports: ConsentJson['exports'];
  /** The number of different records in all exports. */
  readonly records: number;
  /** The first records of the newest export that has records. */
  readonly firstRecords: readonly RecordLine[];
}

export type Arrived =
  /** The user has not come back from Google yet. */
  | { readonly state: 'open' }
  /** The user came back without a consent, or not in time. */
  | {
      readonly state: 'declined' | 'failed' | 'expired' | 'cancelled' | 'unconfirmed';
      readonly errorCode: string | null;
    }
  /** Portage no longer knows the connection. */
  | { readonly state: 'unknown' }
  | { readonly state: 'connected'; readonly consent: ConsentJson; readonly resources: readonly ArrivedResource[] };

type Read = Pick<ArrivedResource, 'records' | 'firstRecords'>;

/**
 * The number of consents whose records stay in memory, so that a page that shows a running import does not read them
 * every second.
 */
const remembered = 20;

export function createArrivals({ api, kept }: { api: PortageApi; kept: KeptConnections }) {
  const readOnce = new Map<string, { version: string; resources: Map<string, Read> }>();

  /** Counts and first records by resource, read again only when another export was read. */
  const readRecords = async (consent: ConsentJson): Promise<Map<string, Read>> => {
    const version = [consent.state, ...consent.exports.map(({ records }) => records?.cursor ?? '')].join();
    const known = readOnce.get(consent.id);
    if (known?.version === version) return known.resources;
    const counts = await api.countRecords(consent.id);
    const resources = new Map<string, Read>();
    const readExports = new Map<string, Map<string, RecordLine[]>>();
    for (const resource of consent.grantedResources) {
      const newest = newestRead(consent, resource);
      if (newest !== undefined && !readExports.has(newest.id)) readExports.set(newest.id, await firstOf(api, newest));
      const firstRecords = readExports.get(newest?.id ?? '')?.get(resource) ?? [];
      resources.set(resource, { records: counts.get(resource) ?? 0, firstRecords });
    }
    readOnce.delete(consent.id);
    readOnce.set(consent.id, { version, resources });
    for (const oldest of [...readOnce.keys()].slice(0, -remembered)) readOnce.delete(oldest);
    return resources;
  };

  const consentIdOf = async (userId: string, connection: Connection): Promise<string | Arrived> => {
    if (connection.consentId !== null) return connection.consentId;
    const { state, errorCode, consentId } = await api.getConnectSession(connection.sessionId);
    if (state === 'unconfirmed' || state === 'cancelled') return { state, errorCode };
    if (consentId !== null) {
      kept.setConsent(userId, connection.sessionId, consentId);
      return consentId;
    }
    if (state === 'declined' || state === 'failed' || state === 'expired') return { state, errorCode };
    return { state: 'open' };
  };

  /** @throws PortageRefusal, or an Error when Portage does not answer */
  return async (userId: string, connection: Connection): Promise<Arrived> => {
    try {
      const consentId = await consentIdOf(userId, connection);
      if (typeof consentId !== 'string') return consentId;
      const consent = await api.getConsent(consentId);
      const read = await readRecords(consent);
      const resources = consent.grantedResources.map((resource) => ({
        resource,
        exports: consent.exports.filter((each) => each.resources.includes(resource)),
        ...(read.get(resource) ?? { records: 0, firstRecords: [] }),
      }));
      return { state: 'connected', consent, resources };
    } catch (error) {
      if (error instanceof PortageRefusal && error.code === 'NOT_FOUND') return { state: 'unknown' };
      throw error;
    }
  };
}

/** The newest export that holds records of the resource; an export may hold those of several. */
function newestRead(consent: ConsentJson, resource: string) {
  return consent.exports.find(
    ({ resources, records }) => resources.includes(resource) && records?.cursor != null && (records.read ?? 0) > 0,
  );
}

async function firstOf(api: PortageApi, { id, resources }: ConsentJson['exports'][number]) {
  try {
    return await readFirstRecords(api, id, resources);
  } catch (error) {
    // The records were deleted or lost in the meantime. The page still shows the counts.
    if (error instanceof PortageRefusal) return new Map<string, RecordLine[]>();
    throw error;
  }
}
