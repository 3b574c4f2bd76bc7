/** Forms that differ between accounts, where the page and real files disagree or the page allows several. */
import { chanceOf, type Subject } from './subject';

/** One of the forms, the same in every export of the account. */
export function formOf<T extends string>(subject: Subject, name: string, forms: readonly T[]): T {
  return chanceOf(subject, 'form', name).pick(forms);
}
