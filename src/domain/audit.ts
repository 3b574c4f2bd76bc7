/** The entries of the audit log for deleted data. They have no personal data, because they stay after the deletion. */

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
