/** The types of the client's methods, derived from the OpenAPI document. */
import type { components, operations } from './generated/schema';
import type { operationTable } from './generated/operation-table';
import type { Pages } from './pages';
import type { CallOptions } from './transport';

type Table = typeof operationTable;
/** The name of an operation, which is the name of its method. */
export type OperationId = keyof Table & keyof operations;

/** `unknown` for a part that an operation does not have: it vanishes in an intersection. */
type Known<T> = [NonNullable<T>] extends [never] ? unknown : NonNullable<T>;
/** Numbers, such as that of a part, may also be text. */
type PathOf<Op> = Op extends { parameters: { path?: infer T } } ? OrNumber<Known<T>> : unknown;
type OrNumber<T> = unknown extends T ? unknown : { [Name in keyof T]: T[Name] | number };
type QueryOf<Op> = Op extends { parameters: { query?: infer T } } ? Known<T> : unknown;
type BodyOf<Op> = Op extends { requestBody?: infer T }
  ? NonNullable<T> extends { content: { 'application/json': infer Body } }
    ? Known<Body>
    : unknown
  : unknown;
type Flat<T> = { [Key in keyof T]: T[Key] };

/** The input of an operation: the parameters of its path and query, and the fields of its body, in one object. */
export type Input<Id extends OperationId> = Flat<
  PathOf<operations[Id]> & QueryOf<operations[Id]> & BodyOf<operations[Id]>
>;

type SuccessOf<Responses> = {
  [Status in keyof Responses]: Status extends 200 | 201 | 202 | 204 ? Responses[Status] : never;
}[keyof Responses];
type JsonOf<Success> = Success extends { content: { 'application/json': infer Json } } ? Json : never;

/** The JSON answer of an operation. */
export type Answer<Id extends OperationId> = JsonOf<SuccessOf<operations[Id]['responses']>>;
type ItemOf<Id extends OperationId> = Answer<Id> extends { items: readonly (infer Item)[] } ? Item : never;

type Schemas = components['schemas'];
export type RecordKind = Schemas['RecordKind'];
/** A record of one kind, with the fields of its `data`. `$defs` are part of the schema only, not of a record. */
export type RecordOf<Kind extends RecordKind> = {
  [Each in Kind]: Omit<Schemas[`Record.${Each}`], '$defs'> & Pick<Schemas['RecordStream.record'], 'state'>;
}[Kind];
/** A record of any kind: `kind` identifies it, also for the compiler. */
export type RecordLine = RecordOf<RecordKind>;
/** The key of a record that no longer exists. */
export type GoneLine = Schemas['RecordStream.gone'];
/** The end of an export in the stream of a consent. Store its `cursor`; it is the next call's `since`. */
export type CursorLine = Schemas['RecordStream.cursor'];
/** The end of a page. Its `next` is the `after` of the call for the next page. */
export type NextLine = Schemas['RecordStream.next'];
export type StreamLine = RecordLine | GoneLine | CursorLine | NextLine;

export type Consent = Schemas['Consent'];
export type ConnectSession = Schemas['ConnectSession'];
export type Export = Schemas['Export'];

interface AnswerKinds<Id extends OperationId> {
  json: Promise<Answer<Id>>;
  nothing: Promise<void>;
  bytes: Promise<Response>;
  lines: AsyncGenerator<StreamLine, void>;
  list: Pages<ItemOf<Id>>;
}
type Given<Id extends OperationId> = AnswerKinds<Id>[Table[Id]['answer']];

/** One method for every operation. Its input is optional when every field of it is. */
export type Operations = {
  readonly [Id in OperationId]: Partial<Input<Id>> extends Input<Id>
    ? (input?: Input<Id>, options?: CallOptions) => Given<Id>
    : (input: Input<Id>, options?: CallOptions) => Given<Id>;
};
