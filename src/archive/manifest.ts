/** Google's own list of what an archive holds, `archive_browser.json` (docs/google-api.md §A2). */
import { z } from 'zod';

/** int64 fields come as strings; some exporters write numbers. */
const count = z
  .union([z.string().regex(/^\d{1,15}$/), z.number().int().nonnegative()])
  .transform(Number)
  .optional();

interface ExtractedFile {
  name?: string | undefined;
  extension?: string | undefined;
  state?: string | undefined;
  childFile?: ExtractedFile[] | undefined;
}

const extractedFile: z.ZodType<ExtractedFile> = z.lazy(() =>
  z.object({
    name: z.string().optional(),
    extension: z.string().optional(),
    state: z.string().optional(),
    childFile: z.array(extractedFile).optional(),
  }),
);

const manifest = z.object({
  serviceStatus: z
    .array(
      z.object({
        service: z.object({ name: z.string().optional() }).optional(),
        folderName: z.string().optional(),
        isIncomplete: z.boolean().optional(),
        extractedFile: z.array(extractedFile).optional(),
        extractedFileTotal: count,
        extractedFileSize: count,
      }),
    )
    .default([]),
});

/** One service of a manifest, flattened to what verification compares. */
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
  /** Path below the service's folder, in the forms under which the file may lie in the archive, normalised to NFC. */
  readonly paths: readonly string[];
  readonly state: string;
}

/** Deeper trees than this do not come from Google. */
const maxDepth = 32;

/**
 * @param text the file's content
 * @returns its services, or undefined when it is not a manifest, or one that lists files deeper than Google does
 */
export function parseManifest(text: string): ManifestService[] | undefined {
  try {
    const { serviceStatus } = manifest.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
    return serviceStatus.map((status) => ({
      service: status.service?.name ?? 'UNKNOWN',
      folderName: (status.folderName ?? '').normalize('NFC'),
      isIncomplete: status.isIncomplete ?? false,
      files: leaves(status.extractedFile ?? [], '', 0),
      statedFiles: status.extractedFileTotal,
      statedBytes: status.extractedFileSize,
    }));
  } catch {
    // No JSON, another shape, or a tree too deep, which may also exhaust the stack of the parser.
    return undefined;
  }
}

function leaves(files: readonly ExtractedFile[], folder: string, depth: number): ManifestFile[] {
  if (depth > maxDepth) throw new Error(`files are listed more than ${maxDepth} folders deep`);
  return files.flatMap((file) => {
    const name = (file.name ?? '').normalize('NFC');
    if (file.childFile !== undefined && file.childFile.length > 0) {
      return leaves(file.childFile, `${folder}${name}/`, depth + 1);
    }
    const extension = (file.extension ?? '').replace(/^\./, '');
    const withExtension = extension === '' || name.endsWith(`.${extension}`) ? [] : [`${folder}${name}.${extension}`];
    return [{ paths: [`${folder}${name}`, ...withExtension], state: file.state ?? '' }];
  });
}
