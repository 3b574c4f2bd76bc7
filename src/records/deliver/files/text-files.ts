/** CSV and NDJSON in a folder, a file for every kind. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import type { Column, Value } from '../columns';
import { csvHead, csvRow } from '../csv';
import type { Delivery } from '../line';
import type { TableFiles } from './record-files';

/** Characters of one file that are written at once. */
const blockLength = 256 * 1024;

interface TextForm {
  readonly ending: string;
  head(columns: readonly Column[]): string;
  row(values: readonly Value[], line: Delivery): string;
}

const csv: TextForm = { ending: 'csv', head: csvHead, row: csvRow };
const ndjson: TextForm = { ending: 'ndjson', head: () => '', row: (_values, line) => `${JSON.stringify(line)}\n` };

/** @param folder must exist */
export function createTextFiles(folder: string, format: 'csv' | 'ndjson'): TableFiles {
  const form = format === 'csv' ? csv : ndjson;
  const open: { readonly file: number; text: string }[] = [];
  const flush = (each: { readonly file: number; text: string }) => {
    writeSync(each.file, each.text);
    each.text = '';
  };
  return {
    open(name, columns) {
      const own = { file: openSync(join(folder, `${name}.${form.ending}`), 'wx'), text: form.head(columns) };
      open.push(own);
      return {
        add(values, line) {
          own.text += form.row(values, line);
          if (own.text.length >= blockLength) flush(own);
        },
      };
    },
    finish: () => {
      for (const each of open.splice(0)) {
        flush(each);
        fsyncSync(each.file);
        closeSync(each.file);
      }
      return Promise.resolve();
    },
    abandon: () => {
      for (const { file } of open.splice(0)) closeSync(file);
    },
  };
}
