/** Renders the documentation of the configuration from the one schema, so that neither can drift. */
import { z } from 'zod';

import { variables, type VariableName } from '../../src/config';

export interface VariableDocument {
  readonly name: VariableName;
  readonly purpose: string;
  /** As one writes it in the environment; undefined when there is none. */
  readonly fallback: string | undefined;
  /** How to get a value, for variables that must be set. */
  readonly hint: string | undefined;
}

const missing = /^is missing; (.+)$/s;

/** The default of an unset value, before it is read; it is inside the pipes that transforms make. */
function fallbackOf(schema: unknown): string | number | undefined {
  if (schema instanceof z.ZodDefault) return schema.def.defaultValue as string | number;
  return schema instanceof z.ZodPipe ? fallbackOf(schema.def.in) : undefined;
}

function documentOf(name: VariableName): VariableDocument {
  const { purpose } = variables[name];
  const schema: z.ZodType = variables[name].schema;
  const fallback = fallbackOf(schema);
  const absent = schema.safeParse(undefined);
  const hint = absent.success ? undefined : missing.exec(absent.error.issues[0]?.message ?? '')?.[1];
  return { name, purpose, fallback: fallback === undefined || fallback === '' ? undefined : String(fallback), hint };
}

/** Every variable, in the order of the schema. */
export const variableDocuments: readonly VariableDocument[] = (Object.keys(variables) as VariableName[]).map(
  documentOf,
);

export const requiredVariables = variableDocuments
  .filter(({ name }) => !variables[name].schema.safeParse(undefined).success)
  .map(({ name }) => name);

/** The table of docs/configuration.md, header included: the text between its `<!-- configuration -->` markers. */
export function configurationTable(): string {
  const rows = variableDocuments.map(({ name, purpose, fallback }) => {
    const last = requiredVariables.includes(name) ? 'required' : fallback === undefined ? '' : `\`${fallback}\``;
    return `| \`${name}\` | ${purpose} | ${last} |`;
  });
  return ['| Variable | Purpose | Default |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The text of `.env.example`: required variables empty, with a way to get a value; the others commented out. */
export function environmentExample(): string {
  const blocks = variableDocuments.map(({ name, purpose, fallback, hint }) => {
    const comment = [purpose, ...(hint === undefined ? [] : [`Required: ${hint}`])].map((line) => `# ${line}`);
    const setting = requiredVariables.includes(name) ? `${name}=` : `#${name}=${fallback ?? ''}`;
    return [...comment, setting].join('\n');
  });
  const head = '# Copy this file to .env and fill in what is empty. Lines that are commented out show the defaults.';
  return `${[head, ...blocks].join('\n\n')}\n`;
}

/** A Markdown table without the padding that a formatter adds. */
export function unpadded(table: string): string {
  return table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .replace(/\s*\|\s*/g, '|')
        .replace(/-{3,}/g, '---')
        .trim(),
    )
    .join('\n');
}
