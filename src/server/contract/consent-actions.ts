/** The operations that pause, resume, export, cancel and delete a consent. */
import { z } from 'zod';

import { isResourceName, resourcePattern } from '../../domain/resources';
import { id, time } from './fields';
import { defineOperation } from './operation';

const asked = z
  .object({ id, asked: z.enum(['pause', 'resume', 'cancel', 'delete']) })
  .meta({ id: 'ConsentRequest', description: 'The stored request, and its consent' });

const accepted = {
  status: 202,
  description: 'The request is stored, and Temporal has it. `GET /v1/consents/{id}` shows when it has taken effect',
  json: asked,
} as const;

const common = { method: 'post', tag: 'Consents', scope: 'manage', parameters: z.object({ id }) } as const;

export const pauseConsent = defineOperation({
  ...common,
  operationId: 'pauseConsent',
  path: '/consents/:id/pause',
  summary: 'Start no new export of a consent',
  description: 'Exports that have started continue to their end. A repeat changes nothing.',
  success: accepted,
  errors: ['NOT_FOUND', 'CONSENT_ENDED', 'TEMPORAL_UNAVAILABLE'],
});

export const resumeConsent = defineOperation({
  ...common,
  operationId: 'resumeConsent',
  path: '/consents/:id/resume',
  summary: 'Start exports again after a pause',
  description: 'A repeat changes nothing.',
  success: accepted,
  errors: ['NOT_FOUND', 'CONSENT_ENDED', 'TEMPORAL_UNAVAILABLE'],
});

export const cancelConsent = defineOperation({
  ...common,
  operationId: 'cancelConsent',
  path: '/consents/:id/cancel',
  summary: 'Stop the exports of a consent and end its grant at Google',
  description: 'It cannot be undone. Stored data stays. A repeat changes nothing, also after the end.',
  success: accepted,
  errors: ['NOT_FOUND', 'CONSENT_ENDED', 'TEMPORAL_UNAVAILABLE'],
});

export const deleteConsent = defineOperation({
  ...common,
  operationId: 'deleteConsent',
  method: 'delete',
  path: '/consents/:id',
  summary: 'Cancel a consent and delete everything stored of it',
  description: 'It cannot be undone. It works for a consent that has ended too. A repeat changes nothing.',
  success: accepted,
  errors: ['NOT_FOUND', 'TEMPORAL_UNAVAILABLE'],
});

/** The possible answers of a loop to an export request (src/temporal/client/export-now.ts). */
const answers = ['started', 'locked', 'paused', 'ended', 'pending', 'unanswered', 'not_running'] as const;

export const exportConsent = defineOperation({
  ...common,
  operationId: 'exportConsent',
  path: '/consents/:id/export',
  summary: 'Ask for an export now, of one resource or of all',
  description:
    'Google’s lock of 24 hours still applies. Nothing is stored of this request: after a 503, send it again. A repeat starts no second export while one runs or is locked.',
  body: z
    .strictObject({
      resource: z
        .string()
        .max(100)
        .refine(isResourceName, 'name a resource, such as myactivity.search')
        .meta({ override: { type: 'string', pattern: resourcePattern.source } })
        .describe('Only this resource')
        .optional(),
    })
    .optional(),
  bodyLimit: 4 * 1024,
  success: {
    status: 202,
    description: 'The answer of each loop, the workflow that exports a resource or a batch of resources',
    json: z
      .object({
        id,
        asked: z.literal('export'),
        resource: z.string().nullable().describe('The resource that was asked for; null for all'),
        loops: z.array(
          z.object({
            loop: z.string().describe('A resource, or `batch`'),
            answer: z
              .enum(answers)
              .describe(
                '`locked`: the export starts at `lockedUntil`. `pending`: the request was received, and Google has not answered. `unanswered`: no worker took it up; ask again. `paused`, `ended`, `not_running`: no export starts',
              ),
            exportId: id.nullable().describe('The export that was started'),
            lockedUntil: time.nullable(),
          }),
        ),
      })
      .meta({ id: 'ExportRequest' }),
  },
  errors: ['NOT_FOUND', 'CONSENT_ENDED', 'SCOPE_MISSING', 'WORKFLOW_MISSING', 'NO_WORKER', 'TEMPORAL_UNAVAILABLE'],
});
