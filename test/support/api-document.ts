/** docs/openapi.json as far as the tests that go through all operations need it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON Schema, or a reference to one. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
}

export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly method: string;
  /** As in the document: `/v1/consents/{id}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
  readonly needsKey: boolean;
}

interface RawOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly security?: readonly object[];
}
interface RawDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly security?: readonly object[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

export class ApiDocument {
  private readonly raw = JSON.parse(
    readFileSync(join(__dirname, '..', '..', 'docs', 'openapi.json'), 'utf8'),
  ) as RawDocument;

  readonly operations: readonly DescribedOperation[] = Object.entries(this.raw.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, { operationId, parameters = [], requestBody, security = this.raw.security ?? [] }]) => ({
        ...{ operationId, method: method.toUpperCase(), path, parameters },
        body: requestBody?.content['application/json']?.schema,
        needsKey: security.length > 0,
      })),
  );

  /** The schema itself, with a reference resolved. @throws Error for a reference to nothing */
  resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const target = this.raw.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
    if (target === undefined) throw new Error(`docs/openapi.json has no schema ${schema.$ref}`);
    return this.resolve(target);
  }
}
