/** Validates delivered lines with the published schemas alone, as a host app with a validator would. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020';

const folder = join(__dirname, '..', '..', '..', 'docs', 'schemas');
/** A placeholder for the address of the files; references between them are relative. */
const base = 'file:///schemas/';

function createJudge() {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false, allErrors: false });
  for (const path of readdirSync(folder, { recursive: true }) as string[]) {
    if (path.endsWith('.json'))
      ajv.addSchema(JSON.parse(readFileSync(join(folder, path), 'utf8')) as object, base + path);
  }
  return (name: string) => {
    const validate = ajv.getSchema(`${base}lines/${name}.json`);
    if (validate === undefined) throw new Error(`there is no schema ${name}`);
    return validate;
  };
}

let judge: ReturnType<typeof createJudge> | undefined;

/** @param name a schema of docs/schemas/lines. @returns the faults of the value; undefined when it is valid */
export function faultOf(name: string, value: unknown): string | undefined {
  judge ??= createJudge();
  const validate = judge(name);
  if (validate(value) === true) return undefined;
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf');
  return `${JSON.stringify(value).slice(0, 300)}: ${errors.map((each) => `${each.instancePath} ${each.message ?? ''}`).join('; ')}`;
}

/** The lines of a delivered text. @throws when one of them is no valid line */
export function validLines(text: string): Record<string, unknown>[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const values = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(values.flatMap((value) => faultOf('line', value) ?? [])).toEqual([]);
  return values;
}
