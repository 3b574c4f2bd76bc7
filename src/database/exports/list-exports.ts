/** The exports of a host app, in pages. */
import { and, arrayContains, desc, eq, getTableColumns, lt } from 'drizzle-orm';

import type { ExportState } from '../../domain/states';
import type { Database } from '../database';
import type { Export } from '../rows';
import { consents, exportsTable } from '../schema';

export function listQueries(db: Database) {
  return {
    /**
     * The exports of a host app, newest first.
     *
     * @param page `resource`: only those that contain it; `before` is the id of the last one of the previous page
     */
    async pageOfHostApp(
      hostAppId: string,
      page: {
        consentId: string | undefined;
        resource: string | undefined;
        state: ExportState | undefined;
        before: string | undefined;
        limit: number;
      },
    ): Promise<Export[]> {
      const { consentId, resource, state, before, limit } = page;
      return db
        .select(getTableColumns(exportsTable))
        .from(exportsTable)
        .innerJoin(consents, eq(consents.id, exportsTable.consentId))
        .where(
          and(
            eq(consents.hostAppId, hostAppId),
            consentId === undefined ? undefined : eq(exportsTable.consentId, consentId),
            resource === undefined ? undefined : arrayContains(exportsTable.resources, [resource]),
            state === undefined ? undefined : eq(exportsTable.state, state),
            before === undefined ? undefined : lt(exportsTable.id, before),
          ),
        )
        .orderBy(desc(exportsTable.id))
        .limit(limit);
    },
  };
}
