/** Signed links to archive parts, in the form of Cloud Storage's V4 signatures (docs/google-api.md §7). */
import { createCipheriv, createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { chance } from '../archives/generate/random';
import type { Archives } from '../archives/archive';
import type { Job } from '../state';
import { stateOf, type World } from '../world';

export const bucket = 'portability-archives';

export interface Links {
  /** Fresh links to every part, shuffled: no order is promised (§2). */
  to(job: Job): Promise<string[]>;
  /** The job and part of an object name, if the emulator made it. */
  find(object: string): { job: Job; part: number } | undefined;
  /** The fault of a link, or undefined. `query` holds the parameters as received. */
  fault(object: string, query: URLSearchParams): 'unsigned' | 'wrong' | 'expired' | undefined;
}

const stamp = (at: number) => new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
const unstamp = (text: string) =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

export function createLinks(world: World, archives: Archives): Links {
  const key = () => createHash('sha256').update(stateOf(world).signingKey).digest();
  const iv = Buffer.alloc(16);
  /** Object names show neither job nor order; how Google names its objects is not documented. */
  const objectName = (job: Job, part: number) => {
    const cipher = createCipheriv('aes-256-cbc', key(), iv);
    return `${cipher.update(`${job.jobId}/${part}`, 'utf8', 'hex')}${cipher.final('hex')}.zip`;
  };
  const readName = (object: string): [jobId: string, part: string] | undefined => {
    const decipher = createDecipheriv('aes-256-cbc', key(), iv);
    try {
      const text = decipher.update(object.replace(/\.zip$/, ''), 'hex', 'utf8') + decipher.final('utf8');
      return text.split('/') as [string, string];
    } catch {
      return undefined;
    }
  };
  const sign = (object: string, signed: URLSearchParams) =>
    createHmac('sha256', stateOf(world).signingKey).update(`${bucket}/${object}?${signed.toString()}`).digest('hex');
  const link = (object: string, number: number) => {
    const at = world.clock.now();
    const query = new URLSearchParams({
      'X-Goog-Algorithm': 'GOOG4-RSA-SHA256',
      'X-Goog-Credential': `exports@emulator.iam.gserviceaccount.com/${stamp(at).slice(0, 8)}/auto/storage/goog4_request`,
      'X-Goog-Date': stamp(at),
      'X-Goog-Expires': String(Math.max(Math.floor(world.periods.linkLife / 1000), 1)),
      'X-Goog-SignedHeaders': 'host',
    });
    query.set('X-Goog-Signature', sign(object, query));
    return { number, url: `${world.baseUrl()}/download-storage/${bucket}/${object}?${query.toString()}` };
  };
  return {
    to: async (job) => {
      const parts = await archives.partsOf(job);
      const links = parts.map((_, part) => link(objectName(job, part), part));
      return chance(job.jobId, 'order of links')
        .shuffled(links)
        .map(({ url }) => url);
    },
    find: (object) => {
      const [jobId, part] = readName(object) ?? [];
      const job = stateOf(world).jobs.find((candidate) => candidate.jobId === jobId);
      return job === undefined ? undefined : { job, part: Number(part) };
    },
    fault: (object, query) => {
      const signature = query.get('X-Goog-Signature');
      if (signature === null) return 'unsigned';
      const signed = new URLSearchParams(query);
      signed.delete('X-Goog-Signature');
      const expected = Buffer.from(sign(object, signed));
      const received = Buffer.from(signature);
      if (expected.length !== received.length || !timingSafeEqual(expected, received)) return 'wrong';
      const end = unstamp(query.get('X-Goog-Date') ?? '') + Number(query.get('X-Goog-Expires')) * 1000;
      return world.clock.now() < end ? undefined : 'expired';
    },
  };
}
