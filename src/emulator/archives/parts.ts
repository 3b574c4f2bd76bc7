/** Cuts an archive into parts: files spread over the data parts, the manifest where the settings place it. */
import type { JobSettings } from '../job-settings';
import type { Switches } from '../switches';
import type { ArchiveFile } from './archive-file';
import { bytesContent } from './content';
import type { ServiceFolder } from './generate/produce';
import { makeManifest, manifestPath } from './manifest';

export const rootFolder = 'Portability';

/** Where the manifest goes, with Q16 decided. */
export function manifestPlace(settings: JobSettings, switches: Switches): 'own-part' | 'same-part' | 'absent' {
  if (settings.manifest !== 'switch') return settings.manifest;
  return ({ A: 'own-part', B: 'same-part', C: 'absent' } as const)[switches.Q16];
}

/** Files part by part. An archive without files has the manifest alone, or no part at all. */
export function cutIntoParts(
  folders: readonly ServiceFolder[],
  settings: JobSettings,
  place: ReturnType<typeof manifestPlace>,
  creationTime: string,
): ArchiveFile[][] {
  const files = folders.flatMap(({ folder, files: ofFolder }) =>
    ofFolder.map(({ path, content }) => ({ path: `${rootFolder}/${folder}/${path}`, content })),
  );
  const count = Math.min(settings.dataParts, files.length);
  const parts = Array.from({ length: count }, (_, part) => files.filter((_file, index) => index % count === part));
  if (place === 'absent') return parts;
  const { isIncomplete, missingFile } = settings;
  const text = makeManifest(folders, { creationTime, isIncomplete, missingFile });
  const manifest = { path: `${rootFolder}/${manifestPath}`, content: bytesContent(Buffer.from(text)) };
  const [first, ...rest] = parts;
  if (place === 'own-part' || first === undefined) return [...parts, [manifest]];
  return [[manifest, ...first], ...rest];
}
