/** Google's own list of an archive's content, `archive_browser.json` (docs/google-api.md §A2). */
import { z } from 'zod';

import type { ArchiveLimits } from '../../domain/archive-limits';
import { LimitExceeded } from '../zip/enforce-limits';

/** int64 fields come as strings; some exporters write numbers. */
const count = z
  .union([z.string().regex(/^\d{1,15}$/), z.number().int().nonnegative()])
  .transform(Number)
  .optional();

/** One file or folder of a list; its children are read only in their turn, since lists may be nested to any depth. */
const extractedFile = z.object({
  name: z.string().default(''),
  extension: z.string().default(''),
  state: z.string().default(''),
  childFile: z.array(z.unknown()).default([]),
});

const manifest = z.object({
  serviceStatus: z
    .array(
      z.object({
        service: z.object({ name: z.string().optional() }).optional(),
        folderName: z.string().optional(),
        isIncomplete: z.boolean().optional(),
        extractedFile: z.array(z.unknown()).default([]),
        extractedFileTotal: count,
        extractedFileSize: count,
      }),
    )
    .default([]),
});

/** One service of a manifest, flattened to the facts that verification compares. */
export interface ManifestService {
  /** Stable name in capitals, such as `MY_ACTIVITY`; the only name here that no user or locale chose. */
  readonly service: string;
  readonly folderName: string;
  readonly isIncomplete: boolean;
  readonly files: readonly ManifestFile[];
  readonly statedFiles: number | undefined;
  readonly statedBytes: number | undefined;
}

export interface ManifestFile {
  /** Path below the service's folder, in each form that the file's path may have in the archive, normalised to NFC. */
  readonly paths: readonly string[];
  readonly state: string;
}

/** The form of Google's own names of services; anything else may be user text, which must not enter findings. */
const serviceName = /^[A-Z0-9_]{1,64}$/;

/**
 * @param text the file's content
 * @returns its services, or undefined when it is not a manifest
 * @throws LimitExceeded when it lists files deeper than allowed
 */
export function parseManifest(text: string, limits: Pick<ArchiveLimits, 'depth'>): ManifestService[] | undefined {
  try {
    const { serviceStatus } = manifest.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
    return serviceStatus.map((status) => ({
      service: serviceName.test(status.service?.name ?? '') ? (status.service?.name ?? '') : 'UNKNOWN',
      folderName: (status.folderName ?? '').normalize('NFC'),
      isIncomplete: status.isIncomplete ?? false,
      files: leaves(status.extractedFile, '', 0, limits.depth),
      statedFiles: status.extractedFileTotal,
      statedBytes: status.extractedFileSize,
    }));
  } catch (error) {
    if (error instanceof LimitExceeded) throw error;
    // No JSON, or another shape.
    return undefined;
  }
}

function leaves(files: readonly unknown[], folder: string, depth: number, maxDepth: number): ManifestFile[] {
  if (depth > maxDepth) throw new LimitExceeded('depth', maxDepth);
  return files.flatMap((file) => {
    const { name: rawName, extension: rawExtension, state, childFile } = extractedFile.parse(file);
    const name = rawName.normalize('NFC');
    if (childFile.length > 0) return leaves(childFile, `${folder}${name}/`, depth + 1, maxDepth);
    const extension = rawExtension.replace(/^\./, '');
    const withExtension = extension === '' || name.endsWith(`.${extension}`) ? [] : [`${folder}${name}.${extension}`];
    return [{ paths: [`${folder}${name}`, ...withExtension], state }];
  });
}
