/** Records in storage: every object is sealed with the consent's key, and opens under its own key only. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { PortageError } from '../../domain/error-codes';
import type { Storage } from '../../storage/storage';
import type { ObjectStore } from './stored-bytes';

/** NIST SP 800-38D: 96-bit random nonces, and full-length tags; as segments have them. */
const nonceBytes = 12;
const tagBytes = 16;

const associatedData = (key: string) => Buffer.from(`portage records 1\n${key}`);

/**
 * @param dataKey the consent's, 32 bytes
 * @returns a store whose `get` throws PortageError `RECORDS_MISSING` for an object that is gone, was changed or moved
 */
export function createSealedObjects(
  storage: Pick<Storage, 'put' | 'get' | 'list' | 'delete'>,
  dataKey: Buffer,
): ObjectStore {
  const missing = (key: string, cause?: unknown) => new PortageError('RECORDS_MISSING', { detail: key, cause });
  return {
    put: async (key, bytes) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', dataKey, nonce, { authTagLength: tagBytes });
      cipher.setAAD(associatedData(key));
      const sealed = [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
      await storage.put(key, Buffer.concat(sealed));
    },
    get: async (key) => {
      const sealed = await storage.get(key).catch((cause: unknown) => {
        throw cause instanceof PortageError && cause.code === 'STORAGE_MISSING' ? missing(key, cause) : cause;
      });
      if (sealed.length < nonceBytes + tagBytes) throw missing(key);
      const decipher = createDecipheriv('aes-256-gcm', dataKey, sealed.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(associatedData(key));
      decipher.setAuthTag(sealed.subarray(-tagBytes));
      const plain = decipher.update(sealed.subarray(nonceBytes, -tagBytes));
      try {
        decipher.final();
      } catch (cause) {
        throw missing(key, cause);
      }
      return plain;
    },
    list: async (prefix) => {
      const keys: string[] = [];
      for await (const { key } of storage.list(prefix)) keys.push(key);
      return keys.sort();
    },
    delete: (key) => storage.delete(key),
  };
}
