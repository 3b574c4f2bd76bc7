/** Media files of any size that begin as files of their format do. */
import { concatenated } from '../byte-source';
import { bytesContent, type Content } from '../content';
import { joinCrc } from '../crc-combine';
import { mediaContent } from '../media';
import type { ServiceFolder } from './produce';
import type { Subject } from './subject';

/** The first bytes by which programs recognise a format. The rest is noise: no player shows it. */
const signatures = {
  jpg: Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  png: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  mp4: Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
  mp3: Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'),
} as const;

export type MediaFormat = keyof typeof signatures;

/** An attachment or icon is at most this long, whatever the size of the job's media. */
const smallBytes = 4_096;

function signedContent(seed: string, length: number, format: MediaFormat): Content {
  const head = bytesContent(signatures[format].subarray(0, length));
  const rest = mediaContent(seed, length - head.length);
  return {
    ...concatenated([head, rest]),
    checksums: async () => {
      const [first, second] = [await head.checksums(), await rest.checksums()];
      return {
        crc32: joinCrc('crc32', first.crc32, second.crc32, rest.length),
        crc32c: joinCrc('crc32c', first.crc32c, second.crc32c, rest.length),
      };
    },
  };
}

/** A file of the size in the job's settings; its bytes depend on account, resource and `label`. */
export function mediaFile(
  { seed, account, resource, settings }: Subject,
  path: string,
  format: MediaFormat,
  label: string | number,
): ServiceFolder['files'][number] {
  const own = [seed, account.accountId, resource, label].join('/');
  return { path, content: signedContent(own, settings.mediaBytes, format) };
}

/** A small file in memory: an attachment, a picture, an icon. */
export function smallMediaFile(
  subject: Subject,
  path: string,
  format: MediaFormat,
  label: string | number,
): ServiceFolder['files'][number] {
  const { seed, account, resource, settings } = subject;
  const own = [seed, account.accountId, resource, label].join('/');
  return { path, content: signedContent(own, Math.min(settings.mediaBytes, smallBytes), format) };
}
