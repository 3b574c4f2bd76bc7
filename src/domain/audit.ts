/** What the audit log tells of deleted data; without personal data, since it outlives what was deleted. */

/** In this order: the deletion is asked for, from then on nothing can be read, then nothing is left. */
export const auditActions = ['deletion.begun', 'key.destroyed', 'data.deleted'] as const;
export type AuditAction = (typeof auditActions)[number];

/** How much there was when the deletion was begun. */
export interface AuditCounts {
  readonly exports: number;
  readonly parts: number;
  readonly segments: number;
  /** Plain length of the stored segments. */
  readonly bytes: number;
}
