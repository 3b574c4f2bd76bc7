/** The events of a host app, which it may read instead of getting webhooks, or in addition to them. */
import { Router } from 'express';

import type { EventPage } from '../database/read-events';
import { PortageError } from '../domain/error-codes';
import type { EventType } from '../domain/states';
import { shownValue } from '../domain/request-fault';
import { eventPayload } from '../events/payload';
import type { HostAppAccess } from './authentication/host-app';
import { listEvents } from './contract/events';
import { mountOperation } from './contract/mount-operation';
import { invalidRequest } from './contract/read-request';
import type { ServerDependencies } from './dependencies';

type EventDependencies = Pick<ServerDependencies, 'config' | 'events' | 'eventWaiters'>;

interface Wanted {
  readonly hostAppId: string;
  readonly limit: number;
  readonly types: readonly EventType[] | undefined;
}

export function eventRouter({ config, events, eventWaiters }: EventDependencies, access: HostAppAccess): Router {
  const router = Router();

  /** @param signal aborted when the caller disconnects. @returns a page with events, or an empty one after the wait */
  const waitForEvents = async (
    wanted: Wanted,
    before: EventPage,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<EventPage> => {
    const { hostAppId } = wanted;
    const leave = eventWaiters.enter(hostAppId);
    try {
      const until = performance.now() + waitMs;
      let page = before;
      while (page.events.length === 0 && !signal.aborted) {
        const leftMs = until - performance.now();
        const after = page.nextAfter;
        if (leftMs <= 0) break;
        // When events of other types were skipped, those that follow are checked before the wait.
        if (after >= page.newest && !(await eventWaiters.wait({ hostAppId, after }, leftMs, signal))) break;
        page = await events.page(hostAppId, { ...wanted, after });
      }
      return page;
    } finally {
      leave();
    }
  };

  mountOperation(router, listEvents, async ({ request, response, query: { after: given, limit, types, wait } }) => {
    const wanted: Wanted = { hostAppId: access.hostAppOf(request).id, limit, types };
    const after = given ?? (await events.keptEvents(wanted.hostAppId)).oldest - 1;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    let page = await events.page(wanted.hostAppId, { ...wanted, after });
    if (response.destroyed) gone.abort();
    if (after > page.newest) {
      // This happens after the restore of an old backup: a request that waited for this position would miss earlier
      // events.
      const detail = `is beyond the newest event, which is at position ${page.newest}: send the nextAfter of an answer`;
      throw invalidRequest([{ parameter: 'after', detail, value: shownValue(String(after)) }]);
    }
    if (after < page.pruned) {
      throw new PortageError('EVENTS_PRUNED', {
        detail: `after: ${after}: the oldest kept event is ${page.pruned + 1}`,
      });
    }
    if (page.events.length === 0 && wait > 0) page = await waitForEvents(wanted, page, wait * 1_000, gone.signal);
    return { items: page.events.map((event) => eventPayload(event, config.publicUrl)), nextAfter: page.nextAfter };
  });

  return router;
}
