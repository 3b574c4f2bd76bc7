/** The page for an error. */
import type { ErrorRequestHandler } from 'express';

import { PortageRefusal } from '../portage-api';
import { problemPage } from './problem-page';

/** The page does not exist, or does not belong to this user. */
export class NoSuchPage extends Error {}

export const showProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  response.removeHeader('content-disposition');
  const isMissing = error instanceof NoSuchPage || (error instanceof PortageRefusal && error.code === 'NOT_FOUND');
  if (isMissing) {
    response
      .status(404)
      .send(problemPage({ title: 'There is no such page', remedy: 'Start again from the first page of this app.' }));
  } else if (error instanceof PortageRefusal) {
    response.status(502).send(problemPage({ title: error.message, remedy: error.remedy }));
  } else {
    const remedy = 'Check that Portage runs, and look at its log. Then load this page again.';
    response.status(502).send(problemPage({ title: 'Portage did not answer', remedy }));
  }
};
