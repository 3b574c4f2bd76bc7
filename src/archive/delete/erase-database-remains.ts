/** Erases the remains of deleted rows from the database's files, and reports what could not be erased. */
import type { DataDeletionStore } from '../../database/data-deletion';

export interface EraseDependencies {
  readonly dataDeletion: Pick<DataDeletionStore, 'eraseRemains'>;
  readonly now: () => Date;
}

/** For the log. */
export interface RemainsLog {
  info(message: string, about: object): void;
  warn(message: string, about: object): void;
}

/**
 * The rows are already deleted, so a failure here is reported and not thrown; the next deletion, or the next round of
 * the retention, repeats the erasure.
 */
export async function eraseRemains({ dataDeletion, now }: EraseDependencies, log: RemainsLog): Promise<void> {
  try {
    const erased = await dataDeletion.eraseRemains(now());
    if (erased === undefined) return;
    const isDone = erased.notPermitted.length === 0 && erased.log === 'none';
    if (isDone) log.info('remains of deleted secrets are erased from the database', { ...erased });
    else log.warn('remains of deleted secrets are left in the database (docs/postgresql.md)', { ...erased });
  } catch (error) {
    log.warn('remains of deleted secrets could not be erased from the database', { error });
  }
}
