/** The options with which commands select records. */
import { InvalidArgumentError, Option, type Command } from 'commander';

import { isResourceName } from '../domain/resources';
import { markStates, type MarkState } from '../records/compare/key-entry';
import { boundOf, boundRemedy } from '../records/deliver/day-range';
import { goneStates, type GoneState } from '../records/deliver/line';
import type { Wanted } from '../records/deliver/stored-records';
import { isKind, kinds, type KindName } from '../records/kinds';

export interface ChoiceOptions {
  readonly resource?: string[];
  readonly kind?: KindName[];
  readonly state?: (MarkState | GoneState)[];
  readonly from?: string;
  readonly to?: string;
  readonly undated: 'keep' | 'drop';
}

export function addChoice(command: Command): Command {
  return command
    .option('--resource <resource...>', 'only records of these resources, such as myactivity.search', collectResources)
    .option('--kind <kind...>', 'only records of these kinds (docs/records.md)', collectKinds)
    .addOption(
      new Option('--state <state...>', 'only lines with one of these states').choices([...markStates, ...goneStates]),
    )
    .option('--from <time>', 'only records from this day or instant on, such as 2026-01-31', parseBound('from'))
    .option('--to <time>', 'only records up to the end of this day, or before this instant', parseBound('to'))
    .addOption(
      new Option('--undated <what>', 'with --from or --to: keep or drop the records without a time')
        .choices(['keep', 'drop'])
        .default('keep'),
    );
}

export function wantedOf({ resource, kind, state, from, to, undated }: ChoiceOptions): Wanted {
  return {
    ...(resource && { resources: resource }),
    ...(kind && { kinds: kind }),
    ...(state && { states: state }),
    ...{ from, to, undated },
  };
}

export function parseCursor(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is not a cursor; use one that this command printed.');
  return Number(text);
}

function parseBound(which: 'from' | 'to') {
  return (text: string): string => {
    const instant = boundOf(text, which);
    if (instant === undefined) throw new InvalidArgumentError(`It is not a time: ${boundRemedy}.`);
    return instant;
  };
}

function collectResources(text: string, before: string[] = []): string[] {
  if (!isResourceName(text)) throw new InvalidArgumentError('It is not the name of a resource (docs/records.md).');
  return [...before, text];
}

function collectKinds(text: string, before: KindName[] = []): KindName[] {
  if (!isKind(text)) throw new InvalidArgumentError(`It is none of ${Object.keys(kinds).join(', ')}.`);
  return [...before, text];
}
