// Temporal's development server, in memory, with the search attributes of Portage's workflows.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const ours = (path) => createRequire(import.meta.url)(join(root, 'dist', path));
const { defaultCacheDir } = ours('dev/cache-dir.js');
const { progressLine } = ours('dev/progress.js');
const { findTemporal, startTemporalServer } = ours('dev/temporal-server.js');
const { searchAttributes } = ours('workflows/search-attributes.js');

/** @param folder for its log */
export async function startTemporal(folder) {
  return startTemporalServer({
    binary: await findTemporal({
      path: process.env.PATH,
      cacheDir: defaultCacheDir(process.env),
      toolDir: join(root, 'tools/temporal'),
      report: progressLine(process.stderr),
    }),
    ip: '127.0.0.1',
    port: 0,
    namespace: 'default',
    searchAttributes,
    logFile: join(folder, 'temporal.log'),
  });
}
