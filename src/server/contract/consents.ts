/** The operations on consents. */
import { z } from 'zod';

import { accessTypes, consentStates, grantWaitReasons, renewalStates, resetAnswers } from '../../domain/states';
import { exportAnswer } from './exports';
import { errorCode, id, recordChoice, time } from './fields';
import { defineOperation } from './operation';
import { idListParameters, listOf, oneOf, userIdFilter } from './query-fields';

/** A consent without its exports. */
export const consentFields = {
  ...{ id, userId: z.string().nullable().describe('Null once the data of the user are deleted') },
  state: z.enum(consentStates),
  errorCode,
  accessType: z.enum(accessTypes).nullable().describe('Null until Google has reported it'),
  requestedResources: z.array(z.string()),
  grantedResources: z.array(z.string()),
  supersededResources: z.array(z.string()).describe('Those that a newer consent of the user has taken over'),
  supersededBy: z.array(id).describe('The consents that have taken them over'),
  replaces: id.nullable().describe('The consent that the connect session named in `replaces`'),
  since: time.nullable(),
  records: recordChoice.nullable().describe('The choice of the connect session; null for all records'),
  createdAt: time,
  endsAt: time.nullable().describe('When the grant ends, unless the user renews it'),
  pausedAt: time.nullable(),
  batchedAt: time.nullable().describe('Since when one job a day exports all resources together'),
  resetAnswer: z.enum(resetAnswers).nullable().describe('The result of ending the grant at Google'),
  endedAt: time.nullable(),
  dataDeletedAt: time.nullable().describe('When Portage had deleted everything stored of the consent'),
  renewal: z.object({
    state: z.enum(renewalStates),
    from: time.nullable().describe('From when on Google lets the user renew'),
    url: z.url().nullable().describe('The page to send the user to'),
  }),
};

const waitsFor = z
  .object({
    reason: z.enum(grantWaitReasons),
    consentIds: z.array(id).describe('Consents of the user that have to end first'),
    until: time.nullable().describe('When Google ends the grant itself'),
  })
  .nullable()
  .describe('What Portage waits for before it ends the grant at Google; null when it does not wait');

const consent = z
  .object({
    ...consentFields,
    waitsFor,
    exports: z.array(exportAnswer).describe('The newest first, 100 at most'),
    nextBefore: id.nullable().describe('The value of `before` for older exports; null when there are none'),
  })
  .meta({ id: 'Consent' });

export const listConsents = defineOperation({
  operationId: 'listConsents',
  method: 'get',
  path: '/consents',
  tag: 'Consents',
  summary: 'List consents, newest first',
  scope: 'read',
  query: z.strictObject({
    userId: userIdFilter,
    state: oneOf(consentStates).describe('Only in this state').optional(),
    ...idListParameters('con'),
  }),
  success: {
    status: 200,
    description: 'The consents, without their exports',
    json: listOf(z.object(consentFields).meta({ id: 'ConsentWithoutExports' })),
  },
  errors: [],
});

export const getConsent = defineOperation({
  operationId: 'getConsent',
  method: 'get',
  path: '/consents/:id',
  tag: 'Consents',
  summary: 'Show a consent and its exports',
  scope: 'read',
  parameters: z.object({ id }),
  query: z.strictObject({
    before: z.string('is the id of one export').describe('Exports before this one: `nextBefore` of a page').optional(),
  }),
  success: { status: 200, description: 'The consent with a page of its exports', json: consent },
  errors: ['NOT_FOUND'],
});
