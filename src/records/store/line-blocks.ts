/** The lines of an export, block by block: each full block is stored as an object. */
import { RecordBlock } from './record-block';
import { numbered, type ObjectStore } from './stored-bytes';

export interface LineBlocks {
  /** The block to write the next line into. @param bytes the most that the line may take */
  withRoom(bytes: number): RecordBlock;
  /** Stores the full blocks. */
  settle(): Promise<void>;
  /** Stores the rest. */
  finish(): Promise<void>;
}

/** @param folder of the export's output */
export function createLineBlocks(store: ObjectStore, folder: string, exportId: string): LineBlocks {
  let block: RecordBlock | undefined;
  let objects = 0;
  const full: RecordBlock[] = [];
  /** A stored block, to be filled again: taking new memory for each is slow. */
  let spare: RecordBlock | undefined;

  const settle = async () => {
    for (const stored of full.splice(0)) await put(stored);
  };
  const put = (stored: RecordBlock) => {
    objects += 1;
    const object = stored.packed();
    stored.clear();
    spare = stored;
    return store.put(numbered(`${folder}/lines`, objects), object);
  };

  return {
    withRoom(bytes) {
      if (block?.hasRoom(bytes) === true) return block;
      if (block !== undefined) full.push(block);
      block = spare?.hasRoom(bytes) === true ? spare : new RecordBlock(exportId, bytes);
      spare = undefined;
      return block;
    },
    settle,
    async finish() {
      await settle();
      if (block !== undefined) await put(block);
      block = undefined;
    },
  };
}
