/** The settings for the next jobs, calls and visitors of the consent screen. */
import type { Router } from 'express';
import { z } from 'zod';
import { answerJson } from './answer-json';
import { decisionSchema, type Control } from './control';

/** `next` decides for the next visitor, `always` for every visitor until it is null again. */
const consentSchema = z.strictObject({ always: decisionSchema.nullable().optional(), next: decisionSchema.optional() });

export function addSettingRoutes(router: Router, control: Control): void {
  router.get(
    '/jobs',
    answerJson(() => ({ settings: control.state.jobSettings, jobs: control.state.jobs })),
  );
  router.post(
    '/jobs',
    answerJson((request) => ({ settings: control.setJobs(request.body as Parameters<Control['setJobs']>[0]) })),
  );
  router.get(
    '/switches',
    answerJson(() => control.state.switches),
  );
  router.post(
    '/switches',
    answerJson((request) => {
      const body = request.body as { set?: unknown } & Parameters<Control['setSwitches']>[0];
      if (body.set === undefined) return control.setSwitches(body);
      return control.setSwitches(z.enum(['documented', 'reported', 'strict']).parse(body.set));
    }),
  );
  router.post(
    '/consent',
    answerJson((request) => {
      const wanted = consentSchema.parse(request.body);
      if (wanted.always !== undefined) control.decideAlways(wanted.always ?? undefined);
      if (wanted.next !== undefined) control.decideNext(wanted.next);
      return control.state.consent;
    }),
  );
}
