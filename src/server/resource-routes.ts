/** The resources that host apps may ask for. */
import { Router } from 'express';

import { resources } from '../domain/resources';
import { documented } from '../records/documented';
import type { KindName } from '../records/kinds';
import { readers } from '../records/readers';
import { mountOperation } from './contract/mount-operation';
import { listResources } from './contract/resources';
import type { ServerDependencies } from './dependencies';
import { pageOf } from './list-page';

export function resourceRouter({ config }: Pick<ServerDependencies, 'config'>): Router {
  const router = Router();
  const names = [...new Set([...resources.keys(), ...config.google.extraResources])].toSorted();

  mountOperation(router, listResources, ({ query: { after = '', limit } }) => {
    const rows = names.filter((name) => name > after).map((name) => ({ id: name }));
    const { shown, nextAfter } = pageOf(rows.slice(0, limit + 1), limit);
    return Promise.resolve({ items: shown.map(({ id }) => resourceJson(id)), nextAfter });
  });

  return router;
}

function resourceJson(name: string) {
  const known = resources.get(name);
  return {
    name,
    title: known?.title ?? name,
    group: known?.service ?? null,
    documented: documented[name]?.hasFields ?? false,
    filterable: known?.supportsTimeFilter ?? null,
    kinds: kindsOf(name),
  };
}

/** All kinds of the readers of its files; a reader may read files of several resources. */
function kindsOf(name: string): KindName[] {
  const own = Object.values(readers).filter(({ resources: readable }) => readable.includes(name));
  return [...new Set([...own.flatMap(({ kinds }) => kinds), 'file' as const])].toSorted();
}
