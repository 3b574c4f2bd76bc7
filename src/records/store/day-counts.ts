/** The shared data of records of one resource and kind, and how many of them fall on which day. */
import { digest } from './canonical';

/** Records of one resource and kind on one day; new and changed ones are counted when key files are merged. */
export interface Tally {
  readonly resource: string;
  readonly kind: string;
  readonly day: string | undefined;
  read: number;
  new: number;
  changed: number;
}

/** The shared data of records of a resource and kind. */
export interface Scope {
  readonly resource: string;
  readonly kind: string;
  /**
   * `hashed`: consent, resource and kind, as the text that is hashed before an identity. `mark`: a hash of them, which
   * follows the content.
   */
  readonly hashed: string;
  readonly mark: Buffer;
  /** The day of the last record, and the number of its tally; -1 before the first. */
  day: string | undefined;
  tally: number;
}

/** Days that are counted one by one: enough for a person's life, not for endless invented dates. */
const maxTallies = 200_000;

export interface Scopes {
  scopeOf(resource: string, kind: string): Scope;
  /** Counts a record. @returns the number of its tally */
  count(scope: Scope, occurredAt: string | undefined): number;
  readonly tallies: readonly Tally[];
}

export function createScopes(consentId: string): Scopes {
  const tallies: Tally[] = [];
  const tallyNumbers = new Map<string, number>();
  const scopes = new Map<string, Scope>();

  const tallyOf = (resource: string, kind: string, day: string | undefined): number => {
    const name = `${resource} ${kind} ${day ?? ''}`;
    const known = tallyNumbers.get(name);
    if (known !== undefined) return known;
    if (tallies.length >= maxTallies && day !== undefined) return tallyOf(resource, kind, undefined);
    tallyNumbers.set(name, tallies.length);
    return tallies.push({ resource, kind, day, read: 0, new: 0, changed: 0 }) - 1;
  };

  /** The last scope is nearly always the next one. */
  let lastScope: Scope | undefined;

  return {
    tallies,
    scopeOf(resource, kind) {
      if (lastScope?.resource === resource && lastScope.kind === kind) return lastScope;
      const name = `${resource} ${kind}`;
      let scope = scopes.get(name);
      if (scope === undefined) {
        const hashed = JSON.stringify([consentId, resource, kind]);
        const mark = Buffer.from(digest(hashed), 'latin1');
        scopes.set(name, (scope = { resource, kind, hashed, mark, day: undefined, tally: -1 }));
      }
      lastScope = scope;
      return scope;
    },
    count(scope, occurredAt) {
      const isSameDay = scope.day === undefined ? occurredAt === undefined : occurredAt?.startsWith(scope.day) === true;
      if (scope.tally < 0 || !isSameDay) {
        scope.day = occurredAt?.slice(0, 10);
        scope.tally = tallyOf(scope.resource, scope.kind, scope.day);
      }
      (tallies[scope.tally] as Tally).read += 1;
      return scope.tally;
    },
  };
}
