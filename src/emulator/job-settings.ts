/** The settings of the next archive jobs: duration, failures, and the parts and faults of their archive. */
import { z } from 'zod';

export const jobSettingsSchema = z.strictObject({
  /** How long a job takes on the emulator's clock. */
  durationMs: z.number().int().min(0),
  /** How many of the next jobs end as FAILED, retries included. */
  failNext: z.number().int().min(0),
  /** Parts that hold data; an archive has at most one part per file. */
  dataParts: z.number().int().min(1).max(100),
  /** `switch` follows Q16. */
  manifest: z.enum(['switch', 'own-part', 'same-part', 'absent']),
  /** The manifest states that Google left data out. */
  isIncomplete: z.boolean(),
  /** The manifest lists one file that no part contains. */
  missingFile: z.boolean(),
  /** Shape of the exported files: as documented, with renamed keys, or with one unreadable member. */
  content: z.enum(['documented', 'drifted', 'broken']),
  /** Size of each media file of the media resources. */
  mediaBytes: z.number().int().min(0),
  mediaFiles: z.number().int().min(0).max(10_000),
});

export type JobSettings = z.infer<typeof jobSettingsSchema>;

/** @param durationMs how long a job takes on the emulator's clock */
export function defaultJobSettings(durationMs: number): JobSettings {
  return {
    durationMs,
    failNext: 0,
    dataParts: 2,
    manifest: 'switch',
    isIncomplete: false,
    missingFile: false,
    content: 'documented',
    mediaBytes: 262_144,
    mediaFiles: 3,
  };
}
