/** The actions of a host app on its consents: pause, resume, export now, cancel, delete. */
import { Router } from 'express';

import type { LoopAnswer } from '../temporal/client/export-now';
import type { HostAppAccess } from './authentication/host-app';
import { cancelConsent, deleteConsent, exportConsent, pauseConsent, resumeConsent } from './contract/consent-actions';
import { mountOperation } from './contract/mount-operation';
import type { ServerDependencies } from './dependencies';

const messageOperations = [
  ['pause', pauseConsent],
  ['resume', resumeConsent],
  ['cancel', cancelConsent],
  ['delete', deleteConsent],
] as const;

/**
 * A message is stored before it is sent to Temporal; while Temporal is unreachable, it is refused before it is stored.
 */
export function consentActionRouter({ messages }: Pick<ServerDependencies, 'messages'>, access: HostAppAccess): Router {
  const router = Router();

  for (const [asked, operation] of messageOperations) {
    mountOperation(router, operation, async ({ request, path }) => {
      const { id } = await access.consentOfHostApp(request, path.id);
      await messages.send(id, asked);
      return { id, asked };
    });
  }

  mountOperation(router, exportConsent, async ({ request, path, body }) => {
    const { id } = await access.consentOfHostApp(request, path.id);
    const resource = body?.resource;
    const answers = await messages.exportNow(id, resource);
    access.noteSubject(request, { consentId: id, object: resource });
    return { id, asked: 'export' as const, resource: resource ?? null, loops: answers.map(loopJson) };
  });

  return router;
}

const loopJson = ({ loop, answer }: LoopAnswer) => ({
  loop,
  answer: answer.kind,
  exportId: answer.kind === 'started' ? answer.exportId : null,
  lockedUntil: answer.kind === 'locked' ? new Date(answer.untilMs) : null,
});
