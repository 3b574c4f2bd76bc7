/** What every subcommand of `portage consents` works with. */
import { Option } from 'commander';

import type { CommandContext } from './context';
import type { Operator } from './operator';

export interface ConsentsContext {
  readonly terminal: CommandContext['terminal'];
  /** Does one piece of work, until a signal comes. @param work gives the exit code */
  readonly run: (work: (operator: Operator, signal: AbortSignal) => Promise<number>) => Promise<void>;
}

export const jsonOption = () => new Option('--json', 'print the result as JSON');
