/** Erases from the database's files what deletions left there, and says what could not be. */
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
 * What was deleted is deleted by then, so a failure here is told and not thrown; the next deletion, or the next round of
 * the retention, repeats it.
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
