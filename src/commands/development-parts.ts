/** The parts for development, `src/dev` and `src/emulator`, which the production image leaves out. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Environment } from '../config';

/** Whether this installation contains them. */
export const isForDevelopment = existsSync(join(__dirname, '..', 'dev'));

/** The environment, completed from the folder of `npm start` if that exists. */
export async function completeFromDevelopment(environment: Environment): Promise<Environment> {
  if (!isForDevelopment) return environment;
  return (await import('../dev/demo-environment.js')).completeFromDataFolder(environment);
}
