/** Keeps uploaded ZIP files on disk: next to the state file, or in a temporary folder while the emulator runs. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Uploads {
  /** Stores a ZIP as it arrives and returns its path. Throws a RangeError when it is no ZIP. */
  take(body: Readable): Promise<string[]>;
  /** Removes the temporary folder. */
  close(): void;
}

export function createUploads(stateFile: string | undefined): Uploads {
  let temporary: string | undefined;
  const folder = () => {
    if (stateFile !== undefined) {
      mkdirSync(`${stateFile}.uploads`, { recursive: true });
      return `${stateFile}.uploads`;
    }
    temporary ??= mkdtempSync(join(tmpdir(), 'emulator-uploads-'));
    return temporary;
  };
  return {
    take: async (body) => {
      const path = join(folder(), `${randomUUID()}.zip`);
      await pipeline(body, createWriteStream(path));
      for await (const chunk of createReadStream(path, { end: 1 })) if (String(chunk) === 'PK') return [path];
      rmSync(path);
      throw new RangeError('The upload is not a ZIP file: send its bytes as the request body.');
    },
    close: () => {
      if (temporary !== undefined) rmSync(temporary, { recursive: true });
    },
  };
}
