/** The report on keys for people: a table, and a sentence for each key but the first. */
import { sealedColumnNames } from '../database/vault-key-uses';
import { isKmsKeyId } from '../database/vault-checks';
import { needsOf, type KeyUse } from './key-report';
import { table } from './table';

const minute = (at: Date | null | undefined) => (at == null ? '' : `${at.toISOString().slice(0, 16)}Z`);

/** @param width of the terminal, as for {@link table} */
export function keysTable(uses: readonly KeyUse[], width?: number): string {
  const names = ['key', 'place', 'proven', ...sealedColumnNames, 'running workflows', 'last sealed'];
  const rows = uses.map(({ keyId, isConfigured, isFirst, isProven, sealed, temporal, lastSealedAt }) => [
    keyId,
    isFirst ? 'seals' : isConfigured ? 'opens' : 'not configured',
    isProven ? 'yes' : 'no',
    ...sealedColumnNames.map((name) => String(sealed[name] ?? 0)),
    temporal.known ? String(temporal.openRuns) : 'unknown',
    minute(lastSealedAt),
  ]);
  return table(names, rows, width);
}

/** @returns a line for each key that does not seal but is configured or needed */
export function verdicts(uses: readonly KeyUse[]): string {
  return uses
    .filter((use) => !use.isFirst && (use.isConfigured || needsOf(use).length > 0 || keptUntil(use) !== null))
    .map((use) => `${verdict(use)}\n`)
    .join('');
}

function verdict(use: KeyUse): string {
  const { keyId, isConfigured } = use;
  const needs = needsOf(use);
  const name = `The key "${keyId}"`;
  const until = keptUntil(use);
  const closed =
    until === null
      ? ''
      : ` Until ${minute(until)}, Temporal keeps histories of closed workflows that only this key can open.`;
  if (needs.length === 0) {
    return isConfigured || isKmsKeyId(keyId)
      ? `${name} may be removed: no stored value and no running workflow needs it.${closed}`
      : `${name} is not configured, and no stored value and no running workflow needs it.${closed}`;
  }
  const missing = isConfigured || isKmsKeyId(keyId) ? '' : ' It is not configured: add it after the first one.';
  return `${name} is still needed: ${needs.join('; ')}.${missing}${closed}`;
}

const keptUntil = ({ temporal }: KeyUse) => (temporal.known ? temporal.closedKeptUntil : null);
