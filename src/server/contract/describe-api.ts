/** The operation that returns the OpenAPI document itself. */
import { z } from 'zod';

import { defineOperation } from './operation';

export const getOpenApi = defineOperation({
  operationId: 'getOpenApi',
  method: 'get',
  path: '/openapi.json',
  tag: 'Server',
  summary: 'Describe this API as an OpenAPI document',
  scope: null,
  success: { status: 200, description: 'The document, of version 3.1 of OpenAPI', json: z.looseObject({}) },
  errors: [],
});
