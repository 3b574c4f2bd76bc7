/** Both answers to each open question about Google's API (docs/google-api.md §13), and three named sets of answers. */
import { z } from 'zod';

const ab = z.enum(['A', 'B']);

export const switchesSchema = z.strictObject({
  /** Lock per resource (A) or one per project and user (B). */
  Q1: ab,
  /** Second time-based start: 429 (A) or FAILED_PRECONDITION (B). */
  Q2: ab,
  /** A FAILED or CANCELLED job uses up the slot (A) or not (B). */
  Q3: ab,
  /** Reset clears the lock and ends running jobs (A) or neither (B). */
  Q4: ab,
  /** No data: no links (A) or a ZIP with an empty manifest (B). */
  Q5: ab,
  /** Renewal keeps the refresh token (A) or asks for a new exchange (B). */
  Q6: ab,
  /** The state can be read after the grant expired (A) or not (B). */
  Q7: ab,
  /** An expired job id: 404 (A), 403 (B) or state FAILED (C). */
  Q8: z.enum(['A', 'B', 'C']),
  /** One-time grants get a refresh token (A) or none (B). */
  Q9: ab,
  /** No visible limit on calls (A) or a 429 without a reason (B). */
  Q10: ab,
  /** Links honour Range (A) or send the whole object (B). */
  Q11: ab,
  /** A first start later than 24 h after the consent: an error (A) or nothing (B). */
  Q12: ab,
  /** Renewal window of 90 days (A) or six months (B). */
  Q13: ab,
  /** Consent again for the same scopes works (A) or is refused as incremental (B). */
  Q14: ab,
  /** Country of the account (A) or of the address (B) decides. */
  Q15: ab,
  /** The manifest comes in its own part (A), with the data (B) or not at all (C). */
  Q16: z.enum(['A', 'B', 'C']),
  /** Google adds states and reasons that no client knows yet (A) or not (B). */
  Q17: ab,
  /** Not numbered in §13: a request with another window is another request (A) or an identical one (B), §5. */
  identity: ab,
  /** Not numbered in §13: an expired link answers 400 (A) or 403 (B), §5. */
  expiredLink: ab,
  /**
   * Not numbered in §13: the answer to a repeated retry whose job runs names the running job (A), is a refusal that
   * names none (B), or starts one more job (C), §3.
   */
  repeatedRetry: z.enum(['A', 'B', 'C']),
  /** Not numbered in §13: the refusal of a start names the newest retry of a job (A) or only the job itself (B), §5. */
  namedRetry: ab,
});

export type Switches = z.infer<typeof switchesSchema>;

const documented: Switches = {
  Q1: 'A',
  Q2: 'A',
  Q3: 'A',
  Q4: 'A',
  Q5: 'A',
  Q6: 'A',
  Q7: 'B',
  Q8: 'A',
  Q9: 'A',
  Q10: 'A',
  Q11: 'A',
  Q12: 'A',
  Q13: 'A',
  Q14: 'A',
  Q15: 'A',
  Q16: 'A',
  Q17: 'B',
  identity: 'A',
  expiredLink: 'A',
  // Google's pages document no answer to a repeated retry: only "a failed job", which the first one still is.
  repeatedRetry: 'B',
  namedRetry: 'A',
};

/** Sets by name: Google's pages, the reports of developers, and the harshest answer to each question. */
export const switchSets = {
  documented,
  reported: { ...documented, Q1: 'B', Q5: 'B', Q12: 'B' },
  strict: {
    ...documented,
    Q1: 'B',
    Q2: 'B',
    Q4: 'B',
    Q5: 'B',
    Q6: 'B',
    Q8: 'B',
    Q9: 'B',
    Q10: 'B',
    Q11: 'B',
    Q14: 'B',
    Q16: 'C',
    Q17: 'A',
    namedRetry: 'B',
  },
} as const satisfies Record<string, Switches>;

export type SwitchSet = keyof typeof switchSets;
