/** Ids that sort by time and say what they name (TypeID, https://github.com/jetify-com/typeid). */
import { typeid } from 'typeid-js';

export type IdPrefix = 'app' | 'key' | 'cns' | 'con' | 'exp' | 'evt' | 'whe' | 'acc' | 'aud' | 'wrk' | 'ers';

/** A new id such as `con_01jd…`. */
export function newId(prefix: IdPrefix): string {
  return typeid(prefix).toString();
}
