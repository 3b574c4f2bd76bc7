/** The index `archive_browser.json` of an archive (docs/google-api.md §A2). */
import type { ServiceFolder } from './generate/produce';

export interface ManifestOptions {
  creationTime: string;
  isIncomplete: boolean;
  /** Lists one file more than there are. */
  missingFile: boolean;
}

interface ListedFile {
  name: string;
  extension: string;
  state: 'SUCCESS';
  urlSafeName: string;
  childFile: ListedFile[];
}

export const manifestPath = 'archive_browser.json';

/** The manifest as text. Counts and sizes are int64, which proto JSON writes as strings. */
export function makeManifest(folders: readonly ServiceFolder[], options: ManifestOptions): string {
  const size = (folder: ServiceFolder) => folder.files.reduce((sum, file) => sum + file.content.length, 0);
  const total = folders.reduce((sum, folder) => sum + size(folder), 0);
  const manifest = {
    creationTime: options.creationTime,
    totalSize: String(total),
    serviceStatus: folders.map((folder, index) => {
      const paths = folder.files.map((file) => file.path);
      if (options.missingFile && index === 0) paths.push('Left out.json');
      return {
        service: { name: folder.service },
        localizedServiceName: folder.folder,
        folderName: folder.folder,
        isIncomplete: options.isIncomplete,
        extractedFile: listFiles(paths),
        deletedFileCount: '0',
        extractedFileTotal: String(paths.length),
        extractedFileSize: String(size(folder)),
        serviceInformation: { name: folder.service, briefDescription: {}, objectsExported: [] },
      };
    }),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Paths as a tree; a folder is an entry with children and no extension. */
function listFiles(paths: readonly string[]): ListedFile[] {
  const direct = paths.filter((path) => !path.includes('/')).map((name) => listed(name, []));
  const folders = new Set(paths.filter((path) => path.includes('/')).map((path) => path.slice(0, path.indexOf('/'))));
  const nested = [...folders].map((folder) => {
    const inside = paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
    return { ...listed(folder, listFiles(inside)), extension: '' };
  });
  return [...nested, ...direct];
}

function listed(name: string, childFile: ListedFile[]): ListedFile {
  const dot = name.lastIndexOf('.');
  return {
    name,
    extension: dot > 0 ? name.slice(dot + 1) : '',
    state: 'SUCCESS',
    urlSafeName: encodeURIComponent(name),
    childFile,
  };
}
