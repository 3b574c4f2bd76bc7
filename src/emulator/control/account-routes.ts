/** The accounts at the emulator, and the ZIP files that it answers for them with. */
import type { Router } from 'express';
import { answerJson } from './answer-json';
import type { Control } from './control';
import type { Uploads } from './uploads';

export function addAccountRoutes(router: Router, control: Control): void {
  router.get(
    '/accounts',
    answerJson(() => ({ accounts: control.state.accounts })),
  );
  router.post(
    '/accounts',
    answerJson((request) => control.addAccount(request.body as Parameters<Control['addAccount']>[0])),
  );
  router.post(
    '/accounts/:account',
    answerJson((request) =>
      control.changeAccount(String(request.params['account']), request.body as Parameters<Control['changeAccount']>[1]),
    ),
  );
}

export function addArchiveRoutes(router: Router, control: Control, uploads: Uploads): void {
  const archives = '/accounts/:account/archives/:resource';
  router.put(archives, async (request, response) => {
    const { account, resource } = request.params;
    try {
      const files = await uploads.take(request);
      control.giveArchive(account, resource, [...(control.archivesOf(account)[resource] ?? []), ...files]);
      response.json({ parts: control.archivesOf(account)[resource]?.length });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      response.status(400).json({ error: error.message });
    }
  });
  router.delete(
    archives,
    answerJson(({ params }) => control.giveArchive(String(params['account']), String(params['resource']), [])),
  );
}
