/** Ids that sort by time and show what they identify (TypeID, https://github.com/jetify-com/typeid). */
import { typeid } from 'typeid-js';

const prefixes = ['app', 'key', 'cns', 'con', 'exp', 'evt', 'whe', 'acc', 'aud', 'wrk', 'ers'] as const;
export type IdPrefix = (typeof prefixes)[number];

const form = new RegExp(`^(?:${prefixes.join('|')})_[0-9a-z]{26}$`);

/** A new id such as `con_01jd…`. */
export function newId(prefix: IdPrefix): string {
  return typeid(prefix).toString();
}

/** Whether a text has the form of an id: then it is neither a secret nor a person's name. */
export const isId = (text: string): boolean => form.test(text);
