/** Asks Temporal which search attributes a namespace has, and registers those that the workflows need. */
import type { ConnectionLike } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

import { PortageError } from '../domain/error-codes';
import { statusOf } from '../temporal/failure';
import { searchAttributes } from '../workflows/search-attributes';

const { IndexedValueType } = temporal.api.enums.v1;
const types = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

/** gRPC status codes (https://grpc.io/docs/guides/status-codes/). */
const grpc = { notFound: 5, permissionDenied: 7, unimplemented: 12, unauthenticated: 16 } as const;

/** A connection and a namespace; calls have the deadline that the caller sets around them. */
export interface NamespaceAt {
  readonly connection: ConnectionLike;
  readonly namespace: string;
}

/**
 * @returns the names that the namespace lacks
 * @throws PortageError `NAMESPACE_MISSING`; `SEARCH_ATTRIBUTES_MISSING` when one has another type, which registration
 * cannot correct
 */
export async function missingSearchAttributes({ connection, namespace }: NamespaceAt): Promise<string[]> {
  const { customAttributes } = await namingNamespace(namespace, () =>
    connection.operatorService.listSearchAttributes({ namespace }),
  );
  const known: Partial<typeof customAttributes> = customAttributes;
  const others = Object.entries(searchAttributes).filter(
    ([name, type]) => known[name] !== undefined && known[name] !== types[type],
  );
  if (others.length > 0) {
    const detail = others.map(([name, type]) => `${name} is registered with another type than ${type}`).join(', ');
    throw new PortageError('SEARCH_ATTRIBUTES_MISSING', { detail });
  }
  return Object.keys(searchAttributes).filter((name) => known[name] === undefined);
}

/**
 * Registers the missing attributes; safe to repeat.
 *
 * @returns the names that were registered
 * @throws the errors of {@link missingSearchAttributes}; a refusal of Temporal is thrown unchanged
 */
export async function registerSearchAttributes({ connection, namespace }: NamespaceAt): Promise<string[]> {
  const missing = await missingSearchAttributes({ connection, namespace });
  if (missing.length === 0) return [];
  const wanted = Object.entries(searchAttributes).filter(([name]) => missing.includes(name));
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(wanted.map(([name, type]) => [name, types[type]])),
  });
  return missing;
}

/** The command that registers all of them, for an operator with the necessary rights. */
export function registerCommand({ address, namespace }: { address: string; namespace: string }): string {
  const pairs = Object.entries(searchAttributes).map(([name, type]) => ` \\\n  --name ${name} --type ${type}`);
  return `temporal operator search-attribute create --address ${address} --namespace ${namespace}${pairs.join('')}`;
}

/** Runs a call that names a namespace. @throws PortageError `NAMESPACE_MISSING`, or the error of the call */
export async function namingNamespace<T>(namespace: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (statusOf(cause) !== grpc.notFound) throw cause;
    throw new PortageError('NAMESPACE_MISSING', { detail: namespace, cause });
  }
}

/** Whether the server refuses this call for these credentials, or does not have it. */
export function isRefused(error: unknown): boolean {
  const refusals: (number | undefined)[] = [grpc.permissionDenied, grpc.unauthenticated, grpc.unimplemented];
  return refusals.includes(statusOf(error));
}
