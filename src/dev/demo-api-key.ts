/** The API key of the demo host app, made once for a data folder. */
import type { Logger } from '../log';
import type { Portage } from '../portage';
import { devFiles, keptSecret, replaceSecret } from './data-folder';

export async function demoApiKey(portage: Portage, dataDir: string, logger: Logger): Promise<string> {
  const kept = keptSecret(dataDir, devFiles.apiKey, () => 'none');
  if ((await portage.hostApps.findByApiKey(kept)) !== undefined) return kept;
  const { key } = await portage.hostApps.createApiKey('Demo host app');
  replaceSecret(dataDir, devFiles.apiKey, key);
  logger.info('API key of the demo host app made');
  return key;
}
