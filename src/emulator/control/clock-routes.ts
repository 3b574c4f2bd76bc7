/** The clock of the emulator: read, set, advanced. */
import type { Router } from 'express';
import { z } from 'zod';
import { answerJson } from './answer-json';
import type { Control } from './control';

const clockSchema = z.union(
  [
    z.strictObject({ mode: z.literal('real') }),
    z.strictObject({
      mode: z.literal('scaled'),
      scale: z.number().positive(),
      at: z.iso.datetime({ offset: true }).optional(),
    }),
    z.strictObject({ mode: z.literal('set'), at: z.iso.datetime({ offset: true }) }),
    z.strictObject({ advanceMs: z.number().min(0) }),
  ],
  {
    error:
      'Send {"advanceMs": 3600000}, {"mode": "set", "at": "2026-03-01T00:00:00Z"}, {"mode": "scaled", "scale": 60} or ' +
      '{"mode": "real"}.',
  },
);

export function addClockRoutes(router: Router, control: Control): void {
  router.get(
    '/clock',
    answerJson(() => control.clock.describe()),
  );
  router.post(
    '/clock',
    answerJson((request) => {
      const wanted = clockSchema.parse(request.body);
      if ('advanceMs' in wanted) control.clock.advance(wanted.advanceMs);
      else if (wanted.mode === 'scaled') {
        const { mode, scale, at } = wanted;
        control.clock.set({ mode, scale, ...(at !== undefined && { at }) });
      } else control.clock.set(wanted);
      return control.clock.describe();
    }),
  );
}
