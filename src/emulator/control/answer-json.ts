/** Routes that answer with JSON; a request that makes no sense gets 400 and what is wrong with it. */
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';

/** @param handle gives the answer; undefined means that there is nothing to say but that it was done */
export const answerJson =
  (handle: (request: Request) => unknown): RequestHandler =>
  (request, response) => {
    try {
      response.json(handle(request) ?? { ok: true });
    } catch (error) {
      if (error instanceof z.ZodError) response.status(400).json({ error: z.prettifyError(error) });
      else if (error instanceof RangeError) response.status(400).json({ error: error.message });
      else throw error;
    }
  };
