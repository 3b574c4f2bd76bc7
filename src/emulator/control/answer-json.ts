/** Routes that answer with JSON; an invalid request gets 400 with its fault. */
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';

/** @param handle gives the answer; undefined is answered as `{ "ok": true }` */
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
