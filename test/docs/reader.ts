/** A reader who types the commands of a document, block after block, in one shell. */
import { join } from 'node:path';

import { Connection, isGrpcServiceError } from '@temporalio/client';

import { temporalAddress } from '../support/portage';
import { createReaderFolder } from './reader-folder';
import { ownTaskQueue, startRunningPortage } from './running-portage';
import { startShell } from './shell';

/** The one that docs/without-containers.md makes. */
const documentedNamespace = 'portage';
/** Of gRPC. */
const notFound = 5;
/** Where `npm start` serves unless the port is taken. */
const documentedUrl = 'http://localhost:3000';

export interface Reader {
  /**
   * Types a block as it is in the document, with one exception: {@link Reader.place}.
   *
   * @param at file and line, for the message of a failure
   * @returns the output of the block
   */
  run(at: string, block: string): Promise<string>;
  /** Puts the address of the running Portage in the place of the documented one, whose port may be taken here. */
  place(text: string): string;
  /** Plays the user who opens the last connect link in the output, and consents; `portage_code` is then set. */
  consent(printed: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param blocks all that will be typed. Where the documented address of `npm start` is in them, Portage runs in the
 * reader's folder; elsewhere nothing does, and commands open an embedded database of their own.
 */
export async function createReader(blocks: readonly string[]): Promise<Reader> {
  const needsPortage = blocks.some((block) => block.includes(documentedUrl));
  const reader = await createReaderFolder(
    needsPortage ? { TEMPORAL_TASK_QUEUE: ownTaskQueue() } : { DATABASE_URL: '' },
  );
  const portage = needsPortage ? await startRunningPortage(reader) : undefined;
  const shell = startShell({ ...reader, scratch: join(reader.scratch, 'blocks') });
  const place = (text: string) => text.replaceAll(documentedUrl, portage?.url ?? documentedUrl);
  return {
    place,
    run: (at, block) =>
      shell.run(place(block)).catch((error: unknown) => {
        throw new Error(`${at}: ${error instanceof Error ? error.message : String(error)}`);
      }),
    async consent(printed) {
      const link = [...printed.matchAll(/https?:\/\/[^\s"]+\/connect#[\w-]+/g)].at(-1)?.[0];
      if (link === undefined || portage === undefined) throw new Error('no connect link was printed before');
      await shell.run(`portage_code=${await portage.consent(link)}`);
    },
    async stop() {
      await shell.stop();
      await portage?.stop();
      if (portage === undefined) await removeNamespace();
      reader.remove();
    },
  };
}

/** A Temporal server that outlives the test run is left without the documented namespace, so that it can be made again. */
async function removeNamespace(): Promise<void> {
  const connection = await Connection.connect({ address: await temporalAddress() });
  try {
    await connection.operatorService.deleteNamespace({ namespace: documentedNamespace });
  } catch (error) {
    const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
    if (code !== notFound) throw error;
  } finally {
    await connection.close();
  }
}
