/** The requests that the emulator received, and the faults that it is to answer with. */
import type { Router } from 'express';
import { answerJson } from './answer-json';
import type { Control } from './control';

export function addRequestRoutes(router: Router, control: Control): void {
  router.get(
    '/requests',
    answerJson((request) => {
      const { method } = request.query;
      const requests = control.requests();
      return { requests: method === undefined ? requests : requests.filter((entry) => entry.method === method) };
    }),
  );
  router.delete(
    '/requests',
    answerJson(() => control.clearRequests()),
  );
}

export function addFaultRoutes(router: Router, control: Control): void {
  router.post(
    '/faults',
    answerJson((request) => ({ name: control.addFault(request.body as Parameters<Control['addFault']>[0]) })),
  );
  router.get(
    '/faults',
    answerJson(() => ({ unmet: control.unmetFaults() })),
  );
  router.delete(
    '/faults',
    answerJson(() => control.clearFaults()),
  );
}
