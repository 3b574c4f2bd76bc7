/** Names and sentences by language: the localised texts of Google's export (docs/google-api.md §A3). */
import type { Account } from '../../state';
import { dutch } from './words-dutch';
import { english } from './words-english';
import { german } from './words-german';
import { japanese } from './words-japanese';
import type { Words } from './word-list';

const languages: Record<Account['locale'], Words> = { en: english, de: german, nl: dutch, ja: japanese };

export function wordsFor(locale: Account['locale']): Words {
  return languages[locale];
}
