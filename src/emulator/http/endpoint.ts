/** Runs one request: identify it, log it, apply a fault, take effect, keep the state, answer. */
import type { Request, Response } from 'express';
import type { Faults } from '../faults/faults';
import type { Clock } from '../clock';
import type { StateStore } from '../state-store';
import type { Identity, MethodName, RequestLog } from './request-log';
import { Refusal, textReply, type Reply } from './reply';
import { sendReply } from './send';

export interface Endpoint {
  method: MethodName;
  /** The subject of the request, without any effect. Never throws. */
  identify(request: Request): Identity;
  /** Takes effect and answers. Throws a Refusal to answer with an error. */
  handle(request: Request): Reply | Promise<Reply>;
}

export interface EndpointDeps {
  clock: Clock;
  store: StateStore;
  log: RequestLog;
  faults: Faults;
}

/** Express's handler for an endpoint. */
export function serveEndpoint(deps: EndpointDeps, endpoint: Endpoint) {
  return async (request: Request, response: Response): Promise<void> => {
    const identity = endpoint.identify(request);
    const entry = deps.log.begin({
      method: endpoint.method,
      ...identity,
      verb: request.method,
      path: request.path,
      query: Object.keys(request.query),
      authorized: request.headers.authorization !== undefined,
    });
    const fault = deps.faults.meet(endpoint.method, identity);
    if (fault !== undefined) entry.fault = fault.name;
    const cut = () => {
      entry.status = 'cut';
      response.destroy();
    };
    await fault?.wait('before');
    if (fault?.cuts('before') === true) {
      cut();
      return;
    }
    let reply = fault?.insteadOfEffect();
    if (reply === undefined) {
      reply = await answer(endpoint, request);
      deps.store.flush();
    }
    await fault?.wait('after');
    if (fault?.cuts('after') === true) {
      cut();
      return;
    }
    if (fault !== undefined) reply = fault.change(reply);
    entry.status = reply.status;
    reply.headers['date'] ??= new Date(deps.clock.now() + (fault?.skewMs ?? 0)).toUTCString();
    await sendReply(response, request.method === 'HEAD', reply, entry, fault);
  };
}

async function answer(endpoint: Endpoint, request: Request): Promise<Reply> {
  try {
    return await endpoint.handle(request);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    process.emitWarning(error instanceof Error ? error : String(error), { detail: `emulator, ${endpoint.method}` });
    return textReply(500, 'text/html; charset=utf-8', '<title>Error 500</title>The emulator failed; see its log.');
  }
}
